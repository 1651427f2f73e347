import AmbitFormats
import AmbitMatrix
import AmbitMeasures

/// The suites that a simulated study is measured with.
struct SimulatedSuites {
  private let spaces: MeasureSuite
  private let lexical: LexicalSuite
  private let logProbs: LogProbSuite
  private let quality: QualitySuite

  /// Measures chosen by their ids or their families'.
  init(chosen: Set<String>) {
    spaces = MeasureSuite(
      measures: MeasureSuite.families.flatMap { family in
        family.measures.filter { chosen.contains(family.id) || chosen.contains($0.id) }
      })
    let lexical = LexicalSuite { Gzip.compress($0, level: 6).count - 18 }
    self.lexical = lexical.keeping {
      chosen.contains(lexical.family.id) || chosen.contains($0.id)
    }
    let logProbs = LogProbSuite()
    self.logProbs = logProbs.keeping {
      chosen.contains(logProbs.family.id) || chosen.contains($0.id)
    }
    let quality = QualitySuite()
    self.quality = quality.keeping { _ in chosen.contains(quality.family.id) }
  }

  /// The rows of the second checkpoint against the first.
  func rows(of study: SimulatedStudy, seed: UInt64) -> [Measurement] {
    let settings = InferenceSettings(resamples: 200, permutations: 199, seed: seed)
    let workers = Workers(threadCount: 1)
    var rows: [Measurement] = []
    if !spaces.measures.isEmpty {
      rows +=
        spaces.run(
          design: study.design,
          spaces: [
            MeasuredSpace(id: "embedding", coordinates: study.outputs, halves: study.halves)
          ], settings: settings, workers: workers
        ).measurements
    }
    if !lexical.measures.isEmpty {
      rows +=
        lexical.run(
          design: study.design, texts: LexicalTexts(study.texts, workers: workers),
          settings: settings, workers: workers
        ).measurements
    }
    if !logProbs.measures.isEmpty {
      rows +=
        logProbs.run(
          design: study.design, table: study.logProbs, settings: settings, workers: workers
        ).measurements
    }
    if !quality.measures.isEmpty {
      rows +=
        quality.run(
          design: study.design, coordinates: study.outputs, passes: study.passes,
          settings: settings, workers: workers
        ).measurements
    }
    return rows.filter { !$0.reference.isEmpty }
  }
}
