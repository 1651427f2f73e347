import AmbitCorpus
import AmbitFormats

/// The texts of a run's outputs, read again from its input files and found by their digests.
///
/// A run keeps no texts. The files must be those that it read, byte for byte.
struct ExportedTexts {
  /// An output and its prompt.
  struct Text: Sendable, Equatable {
    var output: String
    var prompt: String?
  }

  private struct Key: Hashable {
    var digest: String
    var promptID: String
  }

  private var texts: [Key: Text] = [:]

  /// Reads the input files of `run`; linear in their size. Reads nothing where no row has a digest.
  ///
  /// - Parameter inputsFolder: where relative paths start, and where moved files are looked for by name;
  ///   nil for the current folder.
  ///
  /// Throws `InputError`: `missing` for a file that is gone, `unmatched` for one that has changed, and
  /// what `OutputFile` throws.
  init(of run: FinishedRun, inputsFolder: String?) throws {
    let wanted = Set(run.rows.map(\.digest)).subtracting([""])
    guard !wanted.isEmpty else { return }
    var options = run.reading
    options.promptsPath = try options.promptsPath.map {
      try Self.location(of: $0, in: inputsFolder)
    }
    options.idsPath = nil
    for input in run.inputs {
      let path = try Self.location(of: input.path, in: inputsFolder)
      let file = try InputFile(path: path)
      guard file.sha256 == input.sha256 else {
        throw InputError(
          .unmatched, path: path,
          "the file has changed since the run: its SHA-256 begins with \(file.sha256.prefix(8)), "
            + "the run read \(input.sha256.prefix(8))",
          hint: "run `ambit run` again, or put the old file back; --inputs FOLDER looks elsewhere")
      }
      for record in try OutputFile(file, options: options).records {
        let digest = SHA256.hexadecimal(of: record.output)
        guard wanted.contains(digest) else { continue }
        let text = Text(output: record.output, prompt: record.prompt)
        let names = MatchedCorpus.Prompt.names(of: record) + [""]
        for name in names { texts[Key(digest: digest, promptID: name)] = text }
      }
    }
  }

  /// The text of a row. Throws `InputError.unmatched` where the files do not hold it.
  func text(of row: FinishedRun.Row, in run: FinishedRun) throws -> Text {
    if row.digest.isEmpty { return Text(output: "", prompt: nil) }
    if let text = texts[Key(digest: row.digest, promptID: row.promptID)] { return text }
    // Matched on numbers alone, or without prompts: the same output has the same text.
    if let text = texts[Key(digest: row.digest, promptID: "")] {
      return Text(output: text.output, prompt: nil)
    }
    throw InputError(
      .unmatched, path: run.path(of: "coords.csv"),
      "no input file holds sample \(row.sample) of prompt \(row.promptID) of \(row.checkpoint)",
      hint: "run `ambit run` again")
  }

  /// Where a file of the run lies now.
  private static func location(of path: String, in folder: String?) throws -> String {
    if path == "-" {
      throw InputError(
        .missing, path: path, "the run read standard input, whose texts are gone",
        hint: "save the outputs to a file and run `ambit run` on it")
    }
    let candidates =
      folder.map { [PathText.join($0, path), PathText.join($0, PathText.lastComponent(path))] }
      ?? [path]
    guard let found = candidates.first(where: { System.kind(of: $0) == .file }) else {
      throw InputError(
        .missing, path: candidates[0], "the file that the run read is not there",
        hint: "start in the folder where `ambit run` was started, or name it: --inputs FOLDER")
    }
    return found
  }
}
