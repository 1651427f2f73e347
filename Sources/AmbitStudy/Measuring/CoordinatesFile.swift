import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// The points of one or more planes, as `coords.csv` of a run holds them.
struct CoordinatesFile {
  /// One a name, in order of appearance; their records say what each point is.
  private(set) var checkpoints: [Checkpoint] = []
  private let path: String
  private var projections: [String] = []
  /// Per projection and checkpoint, x and y of each record.
  private var points: [[[Float]]] = []

  private static let columns = ["checkpoint", "prompt_id", "sample", "x", "y", "projection"]
  private static let known = ["pca2", "pca2_within", "pca2_prompt", "tsne2", "densne2"]

  /// Nil where the file is not one of coordinates.
  init?(path: String) throws {
    guard path.lowercased().hasSuffix(".csv"), System.kind(of: path) == .file else { return nil }
    let file = try InputFile(path: path)
    let table = try CSVReader().rows(of: file.contents)
    guard let header = table.first?.cells, header.contains("x"), header.contains("y"),
      header.contains("projection")
    else { return nil }
    self.path = path
    let places = try Self.columns.map { name in
      guard let place = header.firstIndex(of: name) else {
        throw InputError(
          .missingField, path: path, line: 1, field: name, "the column is missing",
          hint: "give coords.csv as `ambit run` writes it")
      }
      return place
    }
    var groups = Groups()
    for row in table.dropFirst() {
      try groups.add(
        places.map { $0 < row.cells.count ? row.cells[$0] : "" }, path: path, line: row.line)
    }
    guard !groups.projections.isEmpty else {
      throw InputError(.empty, path: path, "the file has no points")
    }
    projections = groups.projections
    for projection in projections {
      guard Self.known.contains(projection) else {
        throw InputError(
          .unsupported, path: path, field: "projection",
          "`\(TerminalText.oneLine(projection))` is no plane of Ambit",
          hint: "the planes are \(Self.known.joined(separator: ", "))")
      }
      let own = groups.names.map { groups.clouds[[projection, $0]] ?? Cloud() }
      let first = groups.names.map { groups.clouds[[projections[0], $0]] ?? Cloud() }
      guard zip(own, first).allSatisfy({ $0.labels == $1.labels }) else {
        throw InputError(
          .unmatched, path: path, "`\(projection)` and `\(projections[0])` have different rows",
          hint: "every plane needs the same rows in the same order")
      }
      points.append(own.map(\.values))
    }
    checkpoints = zip(groups.names, points[0]).map { name, values in
      let cloud = groups.clouds[[projections[0], name]] ?? Cloud()
      return Checkpoint(
        name: name,
        file: OutputFile(
          path: path, kind: .vectors, format: "coordinates", why: "columns x, y and projection",
          records: cloud.records, rowCount: cloud.records.count,
          vectors: .init(width: 2, values: values), sha256: file.sha256))
    }
  }

  /// The index of the baseline of that name, of the first where nil.
  func index(of baseline: String?, among checkpoints: [Checkpoint]) throws -> Int {
    guard !checkpoints.isEmpty else {
      throw InputError(.selection, path: path, "no checkpoint is left", hint: "see --drop")
    }
    guard let baseline else { return 0 }
    if let index = checkpoints.firstIndex(where: { $0.name == baseline }) { return index }
    throw InputError(
      .selection, path: path, "no checkpoint is named `\(TerminalText.oneLine(baseline))`",
      hint: NearestNames.hint(for: baseline, among: checkpoints.map(\.name))
        ?? "the file names \(checkpoints.map(\.name).joined(separator: ", "))")
  }

  /// Every plane with its checkpoints' points, in the order of the file.
  var clouds: [(space: String, checkpoints: [(name: String, points: [SIMD2<Double>])])] {
    projections.indices.map { plane in
      let own = zip(checkpoints, points[plane]).map { checkpoint, values in
        let count = values.count / 2
        return (
          checkpoint.name,
          (0..<count).map { SIMD2(Double(values[2 * $0]), Double(values[2 * $0 + 1])) }
        )
      }
      return (projections[plane], own)
    }
  }

  /// Every plane, rows in the order of the matched corpus.
  func spaces(of corpus: MatchedCorpus) -> [MeasuredSpace] {
    projections.indices.map { plane in
      MeasuredSpace(
        id: projections[plane],
        coordinates: corpus.checkpoints.indices.map { index in
          let place = checkpoints.firstIndex { $0.name == corpus.checkpoints[index].name }!
          let values = points[plane][place]
          return Matrix(rowCount: values.count / 2, columnCount: 2, values: values)
            .rows(corpus.rows[index])
        })
    }
  }
}

/// The points of one checkpoint in one plane.
private struct Cloud {
  var records: [Record] = []
  var values: [Float] = []
  /// What each point is.
  var labels: [[String]] = []
}

/// Rows of the file by plane and checkpoint, in order of appearance.
private struct Groups {
  var names: [String] = []
  var projections: [String] = []
  var clouds: [[String]: Cloud] = [:]

  mutating func add(_ cells: [String], path: String, line: Int) throws {
    let (name, prompt, sample, projection) = (cells[0], cells[1], cells[2], cells[5])
    func number(_ place: Int) throws -> Float {
      guard let value = Float(cells[place]), value.isFinite else {
        throw InputError(
          .wrongType, path: path, line: line, field: place == 3 ? "x" : "y",
          "expected a finite number, found `\(TerminalText.oneLine(cells[place]))`")
      }
      return value
    }
    let point = [try number(3), try number(4)]
    if !names.contains(name) { names.append(name) }
    if !projections.contains(projection) { projections.append(projection) }
    var cloud = clouds.removeValue(forKey: [projection, name]) ?? Cloud()
    cloud.records.append(
      Record(
        promptID: prompt.isEmpty ? nil : prompt, output: "",
        sample: Int(sample) ?? cloud.records.count, line: line))
    cloud.values += point
    cloud.labels.append([prompt, sample])
    clouds[[projection, name]] = cloud
  }
}
