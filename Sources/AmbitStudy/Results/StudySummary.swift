import AmbitCorpus
import AmbitFormats
import AmbitMatrix

/// What `ambit run` prints: what was compared, the table, and how to read it.
struct StudySummary {
  let provenance: Provenance
  let endpoints: EndpointTable
  let report: ReadingReport

  var text: String {
    let corpus = provenance.corpus
    let counts = StudyCounts(corpus)
    let units = corpus.hasPrompts ? counts.units : "\(counts.outputs) each, no prompts"
    let others = corpus.checkpoints.count - 1
    let compared =
      endpoints.commonReference.map {
        "\(others) \(others == 1 ? "checkpoint" : "checkpoints") against "
          + TerminalText.shortened($0, to: 60)
      } ?? "\(corpus.checkpoints.count) checkpoints"
    return """
      \(EmbedderStatement(provenance.embedded).text)
      \(compared), \(units)

      \(endpoints.terminal)
      \(remark)Change is the ratio to the reference minus 1: negative means less diverse. Intervals are 95 %; p is
      adjusted over the rows (Holm). All measurements, with their nulls and flags, are in metrics.csv.

      \(report.terminal)reading.md says what each of these rests on.

      """
  }

  private var remark: String { endpoints.remark.map { $0 + "\n" } ?? "" }
}
