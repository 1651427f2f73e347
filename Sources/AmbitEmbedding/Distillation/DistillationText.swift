internal import AmbitFormats

/// A passage to distil on, and where it comes from.
public struct DistillationText: Equatable, Sendable {
  /// The passage.
  public let text: String
  /// Its source; what stands before the first `/` is its family.
  public let source: String

  /// A passage of a source.
  public init(text: String, source: String) {
    self.text = text
    self.source = source
  }

  /// The part of the source before the first slash.
  public var family: String { String(source.prefix { $0 != "/" }) }

  /// Reads a file of JSON Lines with `text` and, optionally, `source`; the file's name stands for a
  /// source that is missing.
  ///
  /// Throws `InputError` with the file, the line and the field.
  public static func read(path: String) throws -> [DistillationText] {
    let file = try InputFile(path: path)
    let parser = JSONParser()
    let name = PathText.lastComponent(path)
    var texts: [DistillationText] = []
    for (index, range) in file.contents.lineRanges.enumerated()
    where !file.contents.isBlank(range) {
      do {
        let record = try parser.parse(file.contents, in: range)
        guard let text = record.member("text")?.string else {
          throw InputError(
            .missingField, field: "text", "expected a string with the passage",
            hint: "give JSON lines such as {\"source\":\"manual\",\"text\":\"…\"}")
        }
        texts.append(
          DistillationText(text: text, source: record.member("source")?.string ?? name))
      } catch let error as InputError {
        throw error.located(path: path, line: index + 1)
      }
    }
    guard !texts.isEmpty else {
      throw InputError(.empty, path: path, "no passages", hint: "give JSON lines with `text`")
    }
    return texts
  }
}
