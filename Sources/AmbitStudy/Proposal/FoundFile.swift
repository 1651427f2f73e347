import AmbitCorpus
import AmbitFormats

/// A file that was found below a folder, and what it holds.
struct FoundFile {
  /// What `ambit init` makes of a file.
  enum Content {
    /// Outputs or vectors of one checkpoint, or of several by their labels.
    case checkpoints(Inspection)
    /// Something else that was understood, such as prompts alone.
    case other(String)
    /// Nothing that could be read.
    case bad(InputError)
  }

  /// Relative to the folder.
  let path: String
  let content: Content
  /// Whether any output has a score.
  var hasScores = false

  /// The path's last part without known suffixes, as a checkpoint is called by default.
  var name: String { FileName.stem(of: PathText.lastComponent(path)) }

  var inspection: Inspection? {
    if case .checkpoints(let inspection) = content { inspection } else { nil }
  }

  /// `JSON Lines, 600 outputs: 60 prompts × 10 samples`.
  var summary: String {
    guard let inspection else { return "" }
    let records = "\(inspection.records) \(inspection.records == 1 ? "output" : "outputs")"
    guard let samples = inspection.samplesPerPrompt else {
      return "\(inspection.format), \(records), no prompts"
    }
    let prompts = "\(inspection.prompts) \(inspection.prompts == 1 ? "prompt" : "prompts")"
    let each =
      samples.lowerBound == samples.upperBound
      ? "\(samples.lowerBound)" : "\(samples.lowerBound) to \(samples.upperBound)"
    let noun = samples.upperBound == 1 ? "sample" : "samples"
    return "\(inspection.format), \(records): \(prompts) × \(each) \(noun)"
  }

  /// Reads and understands one file.
  init(_ path: String, in folder: String) {
    self.path = path
    do {
      let file = try OutputFile(path: PathText.join(folder, path))
      switch file.kind {
      case .outputs, .vectors:
        content = .checkpoints(Inspection(file))
        hasScores = file.records.contains { $0.score != nil }
      case .judgedPairs, .promptsOnly: content = .other(file.kind.rawValue)
      }
    } catch {
      content = .bad(error as? InputError ?? InputError(.unreadable, path: path, "\(error)"))
    }
  }

  /// Every data file below a folder, in natural order; results of earlier runs are passed over.
  ///
  /// - Throws: `InputError` where the folder is none or cannot be opened.
  static func paths(below folder: String, depth: Int = 4) throws -> [String] {
    guard System.kind(of: folder) == .folder else {
      throw InputError(
        System.kind(of: folder) == nil ? .missing : .selection, path: folder,
        System.kind(of: folder) == nil ? "no such folder" : "expected a folder, found a file",
        hint: "give the folder that holds what the checkpoints wrote")
    }
    guard System.listing(ofFolder: folder) != nil else {
      throw InputError(
        .unreadable, path: folder, "cannot be opened: \(System.lastError)",
        hint: "check the permissions of the folder")
    }
    return FolderContents.dataFiles(below: folder, depth: depth)
  }
}
