import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitProjection

/// The joint planes of a study.
struct ProjectedCorpus {
  let planes: [JointPlane]
  /// SHA-256 of the basis file, where one was given.
  let basisSHA256: String?
  let notes: [StudyNote]
}

/// Vectors to the joint planes of a study.
enum ProjectionStage {
  /// The raw plane; where prompts have a second sample the within plane; and the one that
  /// `--center` asks for.
  ///
  /// - Throws: `Refusal` for a plane that was asked for and would be empty; `InputError` for a basis
  ///   file that cannot be used.
  static func run(
    _ embedded: EmbeddedCorpus, corpus: MatchedCorpus, settings: StudySettings
  ) throws -> ProjectedCorpus {
    let rows = zip(embedded.matrices, corpus.promptOffsets).map {
      PromptedRows(matrix: $0, promptOffsets: $1)
    }
    let file = try BasisFile(choice: settings.basis)
    var planes: [JointPlane] = []
    var notes: [StudyNote] = []
    for centring in try centrings(corpus, settings: settings) {
      let space = centring.space(componentCount: 2)
      let source: JointPlane.Source
      switch settings.basis {
      case .pooled: source = .pooled
      case .base: source = .checkpoint(corpus.baselineIndex)
      case .file(let path):
        guard let basis = try file?.basis(of: space) else {
          notes.append(
            StudyNote(
              code: "basis_without_space",
              text: "\(path) has no plane `\(space)`, so it was left out"))
          continue
        }
        source = .given(basis)
      }
      do {
        planes.append(
          try JointPlane(of: rows, centring: centring, source: source, workers: settings.workers))
      } catch {
        throw InputError(.unmatched, path: file?.path, error.message, hint: error.hint)
      }
    }
    guard !planes.isEmpty else {
      throw InputError(
        .missingField, path: file?.path, "the file has none of the planes that this study needs",
        hint: "use the basis.npz of a run of the same kind")
    }
    return ProjectedCorpus(planes: planes, basisSHA256: file?.sha256, notes: notes)
  }

  private static func centrings(
    _ corpus: MatchedCorpus, settings: StudySettings
  ) throws -> [Centring] {
    let most = corpus.report.samplesPerPrompt.upperBound
    let hasWithin = corpus.hasPrompts && most >= 2
    if settings.center == .within && !hasWithin {
      throw Refusal(
        corpus.hasPrompts
          ? "--center within needs at least two samples of a prompt; here each has one"
          : "--center within needs prompts, and these files name none",
        hint: "use --center none, or give several outputs per prompt")
    }
    if settings.center == .prompt && !corpus.hasPrompts {
      throw Refusal(
        "--center prompt needs prompts, and these files name none", hint: "use --center none")
    }
    var centrings: [Centring] = [.none]
    if hasWithin { centrings.append(.within) }
    if settings.center == .prompt { centrings.append(.prompt) }
    return centrings
  }
}
