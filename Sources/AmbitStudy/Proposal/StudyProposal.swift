import AmbitCorpus
import AmbitFormats

/// A study file for what a folder holds: `ambit init`.
///
/// Every file below the folder is read as a run would read it. What differs in numbers alone becomes one
/// entry with a gap, the baseline is guessed by name, and all that was guessed or is missing stands in a
/// comment.
public struct StudyProposal {
  /// What was written.
  public struct Result: Sendable {
    /// The study file.
    public let path: String
    /// What was found and what to do next, for people.
    public let summary: String
    /// What the user should look at.
    public let notes: [StudyNote]
  }

  /// The most files that are read: more are a mistake, or a folder of something else.
  private static let mostFiles = 5000

  private let folder: String
  private let path: String
  private let replaces: Bool
  /// Where editors find the schema; nil to leave that line out.
  private let schema: String?

  /// - Parameters:
  ///   - folder: the folder that holds what the checkpoints wrote; `study.yaml` is written into it.
  ///   - replaces: whether a study file that is there is replaced.
  ///   - executablePath: of the tool, beside which the schema for editors lies.
  public init(folder: String, replaces: Bool = false, executablePath: String? = nil) {
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    path = PathText.join(self.folder, "study.yaml")
    self.replaces = replaces
    schema = executablePath.flatMap { SchemaLocation.path(besideExecutable: $0) }
  }

  /// Looks at the folder and writes the file.
  ///
  /// - Throws: `InputError` where the folder cannot be read, holds fewer than two checkpoints, or has a
  ///   study file already; then nothing has been written.
  public func run(progress: (StudyProgress) -> Void = { _ in }) throws -> Result {
    let paths = try FoundFile.paths(below: folder)
    guard replaces || System.kind(of: path) == nil else {
      throw InputError(
        .unwritable, path: path, "a study file is there already", hint: "--force replaces it")
    }
    guard paths.count <= Self.mostFiles else {
      throw InputError(
        .tooLarge, path: folder, "\(paths.count) files lie below the folder",
        hint: "give a folder of at most \(Self.mostFiles), the one with the outputs")
    }
    var files: [FoundFile] = []
    for (index, path) in paths.enumerated() {
      progress(
        StudyProgress(
          stage: .reading, share: Double(index) / Double(paths.count), done: index,
          total: paths.count))
      files.append(FoundFile(path, in: folder))
    }
    let text = try ProposalText(files, folder: folder, schema: schema)
    try AtomicFile.write(Array(text.yaml.utf8), to: path)
    // What was written is what a run will read.
    _ = try StudyFile(path: path)
    return Result(
      path: path,
      summary: """
        \(path): \(text.checkpointCount) checkpoints, the baseline is `\(text.baseline)` \
        (\(text.baselineReason))
        next: look through the comments, then `ambit run \(path)`

        """, notes: text.notes)
  }
}
