package import AmbitMeasures

/// Every measure that a study can take, by family, in the order of the rows.
package enum MeasureCatalogue {
  package static let lexical = LexicalSuite(compressedSize: LexicalStage.compressedSize)

  package static let families =
    MeasureSuite.families + [lexical.family, LogProbSuite().family, QualitySuite().family]
}
