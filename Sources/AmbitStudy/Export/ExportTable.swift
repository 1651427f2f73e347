import AmbitFormats

/// The rows of a run with their texts, as tables for other programs.
struct ExportTable {
  private let run: FinishedRun
  private let texts: [ExportedTexts.Text]

  init(_ run: FinishedRun, texts: ExportedTexts) throws {
    self.run = run
    self.texts = try run.rows.map { try texts.text(of: $0, in: run) }
  }

  /// For embedding-atlas: one plane.
  func atlas(_ plane: FinishedRun.Plane) -> [UInt8] {
    var table = CSVWriter(header: ["x", "y", "text", "checkpoint", "prompt_id", "sample", "prompt"])
    for (index, row) in run.rows.enumerated() {
      let point = plane.points[index]
      table.append([
        point.x, point.y, texts[index].output, row.checkpoint, row.promptID, row.sample,
        texts[index].prompt ?? "",
      ])
    }
    return table.bytes
  }

  /// For table programs: every plane.
  var all: [UInt8] {
    var table = CSVWriter(
      header: ["checkpoint", "prompt_id", "sample", "prompt", "text"]
        + run.planes.flatMap { ["\($0.name)_x", "\($0.name)_y"] })
    for (index, row) in run.rows.enumerated() {
      table.append(
        [
          row.checkpoint, row.promptID, row.sample, texts[index].prompt ?? "",
          texts[index].output,
        ] + run.planes.flatMap { [$0.points[index].x, $0.points[index].y] })
    }
    return table.bytes
  }

  /// For the projector: tabs between cells, and neither tabs, quotes around cells nor line breaks in them.
  var metadata: [UInt8] {
    var lines = "checkpoint\tprompt_id\tsample\tprompt\ttext\n"
    for (index, row) in run.rows.enumerated() {
      let cells = [
        row.checkpoint, row.promptID, row.sample, texts[index].prompt ?? "", texts[index].output,
      ]
      lines += cells.map(Self.oneLine).joined(separator: "\t") + "\n"
    }
    return Array(lines.utf8)
  }

  /// The text with runs of blanks, tabs and line breaks as one blank each.
  private static func oneLine(_ text: String) -> String {
    text.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 }
      .map { String($0) }.joined(separator: " ")
  }
}
