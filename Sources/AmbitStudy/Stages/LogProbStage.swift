import AmbitCorpus
import AmbitMeasures

/// Matched log-probs to numbers.
enum LogProbStage {
  /// The rows of the space `logprob`; one that says so where the files have none. nil where the files
  /// hold vectors, which have no probabilities, or where no such measure is wanted.
  static func run(_ corpus: MatchedCorpus, settings: StudySettings) -> MeasureSuite.Result? {
    let suite = settings.measures.map { LogProbSuite().keeping($0.contains) } ?? LogProbSuite()
    guard !suite.measures.isEmpty,
      corpus.checkpoints.allSatisfy({ $0.source.vectors == nil })
    else { return nil }
    return suite.run(
      design: MeasuringStage.design(of: corpus), table: table(of: corpus),
      settings: settings.inference, workers: settings.workers)
  }

  private static func table(of corpus: MatchedCorpus) -> LogProbTable {
    let names = corpus.checkpointNames
    let records = names.indices.map { corpus.records(of: $0) }
    return LogProbTable(
      entries: names.indices.map { owner in
        names.indices.map { model in
          records[owner].map { record in
            let own = model == owner ? record.logProbs : nil
            return (own ?? record.logProbsBy[names[model]]).map(LogProbTable.Entry.init)
          }
        }
      },
      scores: records.map { $0.map(\.score) })
  }
}

extension LogProbTable.Entry {
  fileprivate init(_ found: LogProbs) {
    self.init(
      total: found.total, tokenCount: found.tokenCount, entropy: found.entropy,
      isEntropyWhole: found.isEntropyWhole)
  }
}
