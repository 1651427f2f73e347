package import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitProjection
import Foundation
import Yams

/// A study as a YAML file: its checkpoints and its options.
///
/// Keys are the flags of `ambit run` with underscores, plus `name`, `checkpoints`, `lineages` and `strata`. Paths
/// are relative to the file's own folder. Unknown keys, wrong types and values out of range are errors that
/// name the line. `assets/study.schema.json` describes the same to editors.
package struct StudyFile {
  /// The checkpoints, in the order of the file.
  package let arguments: [CheckpointArgument]
  package let options: StudyOptions
  /// The line of each key.
  let lines: [String: Int]

  /// Every key of the top level, in order.
  package static var keys: [String] { StudyFileReader.keys }
  /// Every key of an entry of `checkpoints`.
  package static var entryKeys: [String] { StudyFileReader.entryKeys }

  /// Whether an argument is a study file, by its suffix.
  static func isStudyFile(_ argument: String) -> Bool {
    let lowered = argument.lowercased()
    return lowered.hasSuffix(".yaml") || lowered.hasSuffix(".yml")
  }

  /// Reads and checks the file at `path`.
  /// - Throws: `InputError` with the line.
  package init(path: String) throws {
    let text = String(decoding: try InputFile(path: path).contents.bytes, as: UTF8.self)
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.syntaxError(error, path: path)
    }
    guard let mapping = root?.mapping else {
      throw InputError(
        .wrongType, path: path, line: 1, "expected keys and values, found something else",
        hint: "a study file starts with `checkpoints:`; see assets/demo/study.yaml")
    }
    var reader = StudyFileReader(path: path)
    for (key, value) in mapping { try reader.read(key, value) }
    guard !reader.arguments.isEmpty else {
      throw InputError(
        .missingField, path: path, field: "checkpoints", "no checkpoint is listed",
        hint: "list at least two as `- { name: base, path: base.jsonl }`")
    }
    var options = reader.options
    options.name = options.name ?? (path as NSString).lastPathComponent.removingYAMLSuffix
    arguments = reader.arguments
    self.options = options
    lines = reader.lines
    do {
      _ = try StudySettings(options)
    } catch let error as UsageError {
      throw located(error, path: path)
    }
  }

  /// A value that cannot be used, where the file has it: messages begin with the flag of the same name.
  private func located(_ error: UsageError, path: String) -> InputError {
    let flag = String(error.message.prefix { $0 != " " })
    let key = flag.hasPrefix("--") ? String(flag.dropFirst(2)).replacing("-", with: "_") : ""
    guard let line = lines[key] else {
      return InputError(.wrongType, path: path, error.message, hint: error.hint)
    }
    return InputError(
      .wrongType, path: path, line: line, field: key,
      String(error.message.dropFirst(flag.count + 1)), hint: error.hint)
  }

  private static func syntaxError(_ error: YamlError, path: String) -> InputError {
    let hint = "see assets/demo/study.yaml for the form"
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return InputError(
        .malformed, path: path, line: mark.line, column: mark.column, "not YAML: \(problem)",
        hint: hint)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "`\($0)`" }.sorted().joined(separator: ", ")
      return InputError(
        .malformed, path: path, line: context.mark.line, "a key stands twice: \(names)",
        hint: "keep one of them")
    default:
      let line =
        "\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? "unreadable"
      return InputError(.malformed, path: path, "not YAML: \(line)", hint: hint)
    }
  }
}

extension String {
  fileprivate var removingYAMLSuffix: String {
    for suffix in [".yaml", ".yml"] where lowercased().hasSuffix(suffix) {
      return String(dropLast(suffix.count))
    }
    return self
  }
}
