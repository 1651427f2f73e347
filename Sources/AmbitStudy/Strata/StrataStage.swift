import AmbitCorpus
import AmbitMatrix
import AmbitMeasures

/// The rows of every stratum of prompts by itself.
///
/// Taken anew of the stratum's prompts alone: what has a value for every prompt (`within`) and, for one
/// output a prompt, what is taken of sets (`across`). Numbers of joint planes and clusters belong to the whole
/// study. The radius of kinds, the window and the vocabulary are the whole study's, so that strata compare.
struct StrataStage {
  private let prompts: PromptStrata

  /// - Throws: what `PromptStrata` throws.
  init?(_ corpus: MatchedCorpus, settings: StudySettings) throws {
    guard let prompts = try PromptStrata(corpus, settings: settings) else { return nil }
    self.prompts = prompts
  }

  /// The rows of each stratum; p values are adjusted over those of all strata.
  ///
  /// - Parameters:
  ///   - clustering: of the whole study. - lexical: what was taken of all texts.
  func run(
    _ embedded: EmbeddedCorpus, corpus: MatchedCorpus, settings: StudySettings,
    clustering: Clustering?, lexical: LexicalStage.Taken?, remembering memory: MeasureCache?
  ) -> StratumRows {
    let suite = MeasuringStage.suite(settings).keeping(Self.isTaken)
    var rows: [[Measurement]] = []
    for stratum in prompts.strata {
      let (part, places) = corpus.keeping(prompts: stratum.prompts)
      let space = MeasuredSpace(
        id: "embedding",
        coordinates: zip(embedded.matrices, places).map { $0.rows($1) },
        calibratedRadius: clustering?.radius)
      var result = suite.run(
        design: MeasuringStage.design(of: part), spaces: [space], settings: settings.inference,
        workers: settings.workers, remembering: memory)
      let texts = LexicalStage.run(
        part, settings: settings, partOf: lexical, remembering: memory, isChosen: Self.isTaken)
      if let texts { result.append(texts.result) }
      rows.append(result.measurements.filter { $0.scope != .pooled })
    }
    if let clustering, !clustering.isRadiusCalibrated {
      for stratum in rows.indices {
        for index in rows[stratum].indices
        where rows[stratum][index].metric.hasPrefix("cluster_") {
          rows[stratum][index].flags.append(.radiusByRule)
        }
      }
    }
    return StratumRows(strata: prompts, rows: rows)
  }

  private static func isTaken(_ measure: any Measure) -> Bool {
    !measure.scopes.allSatisfy { $0 == .pooled }
  }
}

extension MatchedCorpus {
  /// The same checkpoints with some of the prompts, and per checkpoint the places of their rows.
  fileprivate func keeping(prompts kept: [Int]) -> (MatchedCorpus, places: [[Int]]) {
    var part = self
    part.prompts = kept.map { prompts[$0] }
    var places: [[Int]] = []
    for (checkpoint, offsets) in promptOffsets.enumerated() {
      let own = kept.map { Array(offsets[$0]..<offsets[$0 + 1]) }
      places.append(Array(own.joined()))
      part.rows[checkpoint] = places[checkpoint].map { rows[checkpoint][$0] }
      part.promptOffsets[checkpoint] = own.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    }
    return (part, places)
  }
}
