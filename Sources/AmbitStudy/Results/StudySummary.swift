import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// What `ambit run` prints: what was compared, the table, and how to read it.
struct StudySummary {
  let provenance: Provenance
  let endpoints: EndpointTable
  let report: ReadingReport
  /// Shown where no primary endpoint is among the measures that were chosen.
  let measurements: [Measurement]

  var text: String {
    let corpus = provenance.corpus
    let counts = StudyCounts(corpus)
    let units = corpus.hasPrompts ? counts.units : "\(counts.outputs) each, no prompts"
    let others = corpus.checkpoints.count - 1
    let references = Set(measurements.map(\.reference)).subtracting([""])
    let compared =
      (references.count == 1 ? references.first : nil).map {
        "\(others) \(others == 1 ? "checkpoint" : "checkpoints") against "
          + TerminalText.shortened($0, to: 60)
      } ?? "\(corpus.checkpoints.count) checkpoints"
    return """
      \(EmbedderStatement(provenance.embedded).text)
      \(compared), \(units)
      \(leftOut)
      \(endpoints.endpoints.isEmpty ? MeasurementTable(measurements).text : endpoints.terminal)
      \(remark)\(endpoints.endpoints.isEmpty ? MeasurementTable.legend : Self.legend)
      All measurements, with their nulls and flags, are in metrics.csv.
      \(readings)
      """
  }

  /// What is missing from a study that went on without some of its files.
  private var leftOut: String {
    guard !provenance.skipped.isEmpty else { return "" }
    return "Left out, as they could not be read: \(provenance.skipped.joined(separator: ", ")); "
      + "every row is flagged `incomplete`\n"
  }

  private static let legend = """
    Change is the ratio to the reference minus 1: negative means less diverse. Intervals are 95 %; p is
    adjusted over the rows (Holm).
    """

  private var readings: String {
    report.readings.isEmpty
      ? "" : "\n\(report.terminal)reading.md says what each of these rests on.\n"
  }

  private var remark: String { endpoints.remark.map { $0 + "\n" } ?? "" }
}
