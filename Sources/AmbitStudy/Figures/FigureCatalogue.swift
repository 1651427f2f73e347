/// Every kind of figure, in the order of captions and files.
enum FigureCatalogue {
  static let all: [any FigureSource.Type] = [
    DriftMapSource.self, NeighbourMapSource.self, ForestSource.self, MetricLinesSource.self,
    TrajectorySource.self, PromptPanelsSource.self, SupportMapSource.self,
    SupportPlaneSource.self, VarianceBarsSource.self, WaterfallSource.self,
    RarefactionSource.self, HillProfileSource.self, SimilaritySource.self,
    QualityDiversitySource.self, LengthHistogramSource.self,
  ]
}
