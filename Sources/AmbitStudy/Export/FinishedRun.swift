import AmbitCorpus
import AmbitFormats

/// The folder that `ambit run` wrote, as far as an export needs it.
struct FinishedRun {
  /// An input file of the run.
  struct Input: Sendable, Equatable {
    var path: String
    var sha256: String
  }

  /// What an output is, in the order of `coords.csv`.
  struct Row: Sendable, Equatable {
    var checkpoint: String
    var promptID: String
    var sample: String
    /// SHA-256 of the text; empty for a vector without one.
    var digest: String
  }

  /// The points of all rows in one plane, as their numbers stand in the file.
  struct Plane: Sendable {
    var name: String
    var points: [(x: String, y: String)]
  }

  let folder: String
  /// Each input file once.
  private(set) var inputs: [Input] = []
  private(set) var reading = ReadingOptions()
  private(set) var rows: [Row] = []
  private(set) var planes: [Plane] = []

  /// Reads the manifest and the points.
  ///
  /// Throws `InputError`: for a folder without a finished run, for files that do not belong together.
  init(folder: String) throws {
    self.folder = folder
    try readManifest()
    try readPoints()
  }

  /// A file of the run.
  func path(of name: String) -> String { PathText.join(folder, name) }

  private mutating func readManifest() throws {
    let path = path(of: "manifest.json")
    guard System.kind(of: folder) == .folder, System.kind(of: path) == .file else {
      throw InputError(
        .missing, path: folder,
        System.kind(of: folder) == nil
          ? "no such folder" : "it holds no finished run: manifest.json is not there",
        hint: "give the folder that `ambit run` wrote, for example out/demo")
    }
    let file = try InputFile(path: path)
    let manifest: JSON
    do {
      manifest = try JSONParser().parse(file.contents).tree
    } catch let error as InputError {
      throw error.located(path: path)
    }
    guard manifest["tool"]?.string == "ambit", let checkpoints = manifest["checkpoints"]?.array
    else {
      throw InputError(
        .unsupported, path: path, "it is no manifest of ambit",
        hint: "give the folder that `ambit run` wrote, for example out/demo")
    }
    for checkpoint in checkpoints {
      guard let path = checkpoint["path"]?.string, let sha256 = checkpoint["sha256"]?.string else {
        continue
      }
      let input = Input(path: path, sha256: sha256)
      if !inputs.contains(input) { inputs.append(input) }
    }
    func text(_ name: String) -> String? { manifest["reading"]?[name]?.string }
    reading = ReadingOptions(
      textField: text("text_field"), promptField: text("prompt_field"), idField: text("id_field"),
      sampleField: text("sample_field"), checkpointField: text("checkpoint_field"),
      scoreField: text("score_field"), logProbField: text("logprob_field"),
      promptsPath: text("prompts"), idsPath: text("ids"),
      stripsThinking: manifest["reading"]?["strip_think"] == true)
  }

  private mutating func readPoints() throws {
    let path = path(of: "coords.csv")
    let table = try NamedColumns(
      path: path,
      ["checkpoint", "prompt_id", "sample", "text_sha256", "projection", "x", "y"])
    var places: [String: Int] = [:]
    for (cells, line) in table.rows {
      let row = Row(checkpoint: cells[0], promptID: cells[1], sample: cells[2], digest: cells[3])
      for (name, text) in [("x", cells[5]), ("y", cells[6])] {
        guard let number = Double(text), number.isFinite else {
          throw InputError(
            .wrongType, path: path, line: line, field: name,
            "expected a finite number, found `\(text.prefix(40))`")
        }
      }
      let place = places[cells[4]] ?? planes.count
      if place == planes.count {
        places[cells[4]] = place
        planes.append(Plane(name: cells[4], points: []))
      }
      let index = planes[place].points.count
      planes[place].points.append((cells[5], cells[6]))
      if place == 0 {
        rows.append(row)
      } else {
        guard index < rows.count, rows[index] == row else {
          throw InputError(
            .unmatched, path: path, line: line,
            "`\(cells[4])` and `\(planes[0].name)` have different rows",
            hint: "write the run again with `ambit run`")
        }
      }
    }
    guard !rows.isEmpty else { throw InputError(.empty, path: path, "the file has no points") }
    if let short = planes.first(where: { $0.points.count < rows.count }) {
      throw InputError(
        .unmatched, path: path,
        "`\(short.name)` has \(short.points.count) rows, `\(planes[0].name)` \(rows.count)",
        hint: "write the run again with `ambit run`")
    }
  }
}

/// The cells of some columns of a table with a header, in the order asked for.
struct NamedColumns {
  private(set) var rows: [(cells: [String], line: Int)] = []

  /// Throws `InputError`: `missingField` for a column that is not there, `malformed` for a short row.
  init(path: String, _ names: [String]) throws {
    let file = try InputFile(path: path)
    let table: [CSVReader.Row]
    do {
      table = try CSVReader().rows(of: file.contents)
    } catch let error as InputError {
      throw error.located(path: path)
    }
    let header = table.first?.cells ?? []
    let places = try names.map { name in
      guard let place = header.firstIndex(of: name) else {
        throw InputError(
          .missingField, path: path, line: 1, field: name, "the column is missing",
          hint: "write the run again with `ambit run`")
      }
      return place
    }
    rows = try table.dropFirst().map { row in
      guard row.cells.count == header.count else {
        throw InputError(
          .malformed, path: path, line: row.line,
          "expected \(header.count) cells as in the header, found \(row.cells.count)")
      }
      return (places.map { row.cells[$0] }, row.line)
    }
  }
}
