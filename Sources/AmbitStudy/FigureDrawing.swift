import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// Figures of a finished run, drawn again without computing anything: `ambit plot`.
public struct FigureDrawing {
  /// What checkpoints are placed by along an axis of steps.
  public enum Placement: String, Sendable, CaseIterable {
    /// Side by side, by name.
    case name
    /// By the number in their names.
    case step
  }

  /// What was written.
  public struct Result: Sendable {
    /// The files, as paths.
    public let figures: [String]
  }

  private let path: String
  private let out: String?
  private let settings: FigureSettings
  private let chosen: [String]?
  private let placement: Placement?
  private let isLogarithmic: Bool

  /// - Parameters:
  ///   - path: a folder of results, its `metrics.csv` or `coords.csv`, or one file of `figures/data`.
  ///   - out: the folder of the figures; nil for where the run has its own.
  ///   - options: of which those of appearance are looked at.
  /// - Throws: `UsageError` for a value out of range.
  public init(
    path: String, out: String?, options: StudyOptions, placement: Placement? = nil,
    isLogarithmic: Bool = false
  ) throws {
    self.path = path
    self.out = out
    settings = try FigureSettings(options)
    chosen = options.figures?.names
    self.placement = placement
    self.isLogarithmic = isLogarithmic
    if out?.isEmpty == true {
      throw UsageError("--out names no folder", hint: "leave it out for the run's own")
    }
  }

  /// Draws and writes the figures, and nothing else.
  ///
  /// - Throws: `InputError` for files that cannot be read or written, `UsageError` for a figure that they
  ///   have not.
  public func run() throws -> Result {
    let found = try gathered()
    if let missing = chosen?.first(where: { name in !found.contains { $0.kind == name } }) {
      throw FigureSelection.unsupported(missing)
    }
    let wanted = found.filter { chosen?.contains($0.kind) ?? true }
    guard !wanted.isEmpty else {
      throw InputError(
        .empty, path: path, "there is nothing to draw",
        hint: "give the folder that `ambit run` wrote, its metrics.csv or its coords.csv")
    }
    let drawn = try DrawingStage(settings: settings).run(try wanted.map(placed))
    let folder = out ?? ownFolder
    var set = AtomicFileSet()
    var paths: [String] = []
    for one in drawn {
      for file in one.files {
        let target = "\(folder)/\(one.figure.name).\(file.format.rawValue)"
        try set.add(file.bytes, at: target)
        paths.append(target)
      }
    }
    try set.commit()
    return Result(figures: paths)
  }

  /// Where the run has its figures; beside a file that is given alone.
  private var ownFolder: String {
    switch System.kind(of: path) {
    case .folder: path + "/figures"
    default:
      path.hasSuffix(".json")
        ? PathText.folder(PathText.folder(path)) : PathText.folder(path) + "/figures"
    }
  }

  private func gathered() throws -> [StudyFigure] {
    if System.kind(of: path) == .folder { return try folderFigures() }
    if path.lowercased().hasSuffix(".json") { return [try FigureDataFile.read(path: path)] }
    if let points = try CoordinatesFile(path: path) { return Self.maps(of: points) }
    guard path.lowercased().hasSuffix(".csv"), let metrics = try MetricsFile(path: path) else {
      throw InputError(
        .unsupported, path: path, "these are no results of Ambit",
        hint: "give the folder that `ambit run` wrote, its metrics.csv or its coords.csv")
    }
    return Self.charts(of: metrics.rows)
  }

  /// Everything in `figures/data`, in the order of the catalogue, then of names.
  private func folderFigures() throws -> [StudyFigure] {
    let folder = path + "/figures/data"
    let files = System.names(inFolder: folder).filter {
      $0.hasSuffix(".json") && !$0.hasPrefix(".")
    }
    guard !files.isEmpty else {
      throw InputError(
        .missing, path: folder, "the folder holds no figures of a run",
        hint: "`ambit run` writes it; give the folder of its results")
    }
    let figures = try files.map { try FigureDataFile.read(path: "\(folder)/\($0)") }
    return FigureCatalogue.all.flatMap { source in figures.filter { $0.kind == source.name } }
  }

  /// The planes of a file of points. Its axes have no shares of variance: the file does not tell.
  private static func maps(of points: CoordinatesFile) -> [StudyFigure] {
    points.clouds.filter { $0.space.hasPrefix("pca2") }.map { space, checkpoints in
      let order = CheckpointOrder(checkpoints.map(\.name), baseline: 0, comparisons: .base)
      let clouds = checkpoints.map { DriftMapSource.checkpoint($0.name, $0.points) }
      let figure = DriftPlotData(
        xLabel: "PC 1", yLabel: "PC 2", checkpoints: clouds, isOrdered: order.isDrawnAsPath,
        centroidPath: order.path)
      return StudyFigure(
        figure, name: DriftMapSource.name(of: space), caption: "",
        table: DriftMapSource.table(clouds))
    }
  }

  /// The charts that measurements alone support.
  private static func charts(of rows: [Measurement]) -> [StudyFigure] {
    var names: [String] = []
    for row in rows where !names.contains(row.checkpoint) { names.append(row.checkpoint) }
    let references = rows.map(\.reference).filter { !$0.isEmpty }
    guard let reference = references.first, let baseline = names.firstIndex(of: reference) else {
      return []
    }
    let order = CheckpointOrder(names, baseline: baseline, comparisons: .base)
    let measured = MeasuredRows(
      rows,
      checkpoints: FigureCheckpoints(names, baseline: baseline, isOrdered: order.isDrawnAsPath),
      steps: order.drawnSteps)
    return FigureCatalogue.all.compactMap {
      ($0 as? any RowFigureSource.Type)?.figure(measured, words: nil)
    }
  }

  /// The figure with its checkpoints placed as asked for, where it has an axis of steps.
  private func placed(_ figure: StudyFigure) throws -> StudyFigure {
    guard placement != nil || isLogarithmic else { return figure }
    var copy = figure
    if var lines = figure.figure as? MetricLinesFigure {
      lines.positions = try positions(lines.positions)
      lines.isLogarithmic = isLogarithmic
      copy.figure = lines
    } else if var trajectory = figure.figure as? TrajectoryFigure, var series = trajectory.series {
      series.positions = try positions(series.positions)
      series.isLogarithmic = isLogarithmic
      trajectory.series = series
      copy.figure = trajectory
    }
    return copy
  }

  private func positions(_ known: [Double]?) throws -> [Double]? {
    if placement == .name {
      guard !isLogarithmic else {
        throw UsageError("--log-x needs --x step", hint: "names have no logarithm")
      }
      return nil
    }
    guard let known else {
      throw UsageError(
        "the checkpoints have no steps",
        hint: "steps come from names that differ in one number, such as step-100 and step-200")
    }
    return known
  }
}

extension StudyFigure {
  /// What users call its kind.
  var kind: String { type(of: figure).name }
}
