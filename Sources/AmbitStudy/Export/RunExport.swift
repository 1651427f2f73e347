import AmbitCorpus
import AmbitFormats

/// A finished run as files that other programs open: `ambit export`.
public struct RunExport {
  /// What was written.
  public struct Result: Sendable {
    /// What was written and how it is opened, for people.
    public let summary: String
    /// The same for programs.
    public let json: String
  }

  private let format: ExportFormat
  private let folder: String
  private let out: String?
  private let plane: String?
  private let inputsFolder: String?

  /// Takes the folder of a run.
  ///
  /// - Parameters:
  ///   - out: the CSV file to write, or the projector's folder; nil for a place in the run's own
  ///     `export/`.
  ///   - plane: a projection as `coords.csv` names it; nil for the first.
  ///   - inputsFolder: where the run's input files are now; nil where they were.
  /// - Throws: `UsageError` for a value that cannot be used.
  public init(
    _ format: ExportFormat, folder: String, out: String? = nil, plane: String? = nil,
    inputsFolder: String? = nil
  ) throws {
    if let out, format != .projector, !out.lowercased().hasSuffix(".csv") {
      throw UsageError(
        "--out names `\(out)`; the points are written as CSV", hint: "for example -o points.csv")
    }
    guard out != "" else {
      throw UsageError("--out names nothing", hint: "for example -o projector")
    }
    if plane != nil, format != .atlas {
      throw UsageError(
        "--plane is for `atlas`", hint: "`csv` has every plane, `projector` makes its own")
    }
    self.format = format
    self.folder = folder
    self.out = out
    self.plane = plane
    self.inputsFolder = inputsFolder
  }

  /// Reads the run and its texts, and writes.
  ///
  /// - Throws: `InputError`; then nothing has been written.
  public func run() throws -> Result {
    let run = try FinishedRun(folder: folder)
    let files: [(path: String, bytes: [UInt8])]
    let what: String
    let opening: String
    switch format {
    case .atlas:
      let points = try place(in: run)
      let path = out ?? run.path(of: "export/atlas.csv")
      files = [(path, try table(run).atlas(run.planes[points]))]
      what = "\(counted(run.rows.count, "point")) of \(run.planes[points].name)"
      opening = "embedding-atlas \(ShellText.quoted(path)) --text text --x x --y y"
    case .csv:
      let path = out ?? run.path(of: "export/points.csv")
      files = [(path, try table(run).all)]
      what =
        "\(counted(run.rows.count, "output")) in \(counted(run.planes.count, "plane"))"
      opening = "any table program, or pandas.read_csv"
    case .projector:
      let target = out ?? run.path(of: "export/projector")
      let vectors = try ProjectorVectors(run)
      files = [
        (PathText.join(target, "vectors.tsv"), vectors.bytes),
        (PathText.join(target, "metadata.tsv"), try table(run).metadata),
        (PathText.join(target, "projector_config.pbtxt"), Array(Self.projectorConfig.utf8)),
      ]
      what = "\(counted(vectors.rowCount, "vector")) of \(vectors.width) dimensions"
      opening =
        "tensorboard --logdir \(ShellText.quoted(target)), "
        + "or load the two TSV files at projector.tensorflow.org"
    }
    var set = AtomicFileSet()
    for file in files { try set.add(file.bytes, at: file.path) }
    try set.commit()
    let paths = files.map(\.path)
    let json: JSON = [
      "format": .string(format.rawValue), "rows": .integer(run.rows.count),
      "files": .array(paths.map { .string($0) }),
    ]
    return Result(
      summary: "\(what): \(paths.joined(separator: ", "))\nOpen with: \(opening)\n",
      json: JSONWriter(isPretty: true).string(json) + "\n")
  }

  private func table(_ run: FinishedRun) throws -> ExportTable {
    try ExportTable(run, texts: ExportedTexts(of: run, inputsFolder: inputsFolder))
  }

  /// The index of the plane that was asked for.
  private func place(in run: FinishedRun) throws -> Int {
    guard let plane else { return 0 }
    let names = run.planes.map(\.name)
    guard let place = names.firstIndex(of: plane) else {
      throw InputError(
        .selection, path: run.path(of: "coords.csv"),
        "the run has no plane `\(TerminalText.oneLine(plane))`",
        hint: NearestNames.hint(for: plane, among: names)
          ?? "it has \(names.joined(separator: ", "))")
    }
    return place
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(DecimalText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// What TensorBoard reads beside the vectors; paths are relative to the folder.
  private static let projectorConfig = """
    embeddings {
      tensor_name: "ambit"
      tensor_path: "vectors.tsv"
      metadata_path: "metadata.tsv"
    }

    """
}
