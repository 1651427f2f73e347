public import AmbitMatrix

/// Checkpoints in the order of training, read as a whole: is there a trend, and at which stage was how
/// much of the spread within prompts lost?
///
/// With `L_k` the mean over prompts of log dispersion at checkpoint k, the share of stage k is
/// `(L_{k−1} − L_k) / (L_0 − L_K)`: shares sum to 1, and one of them is negative where spread came back.
public struct Lineage: Equatable, Sendable {
  /// One step from a checkpoint to the next.
  public struct Stage: Equatable, Sendable {
    /// The checkpoint before.
    public let from: String
    /// The checkpoint after.
    public let to: String
    /// `L_k − L_{k−1}`: negative where spread was lost.
    public let change: Double
    /// 95 % interval of `change`, over prompts.
    public let changeInterval: Interval?
    /// The part of the whole loss that is this stage's; `nil` where the interval of the whole change
    /// holds 0, so that there is nothing to share out.
    public let share: Double?
    /// 95 % percentile interval of `share`, by the bootstrap over prompts.
    public let shareInterval: Interval?
  }

  /// The checkpoints, first to last.
  public let checkpoints: [String]
  /// How many prompts have a value at every checkpoint.
  public let prompts: Int
  /// `L_K − L_0`, and its interval.
  public let change: Double
  /// 95 % interval of `change`, over prompts.
  public let changeInterval: Interval?
  /// In order.
  public let stages: [Stage]
  /// Page's test of a trend over the checkpoints; its `z` is negative where spread falls.
  package let trend: PageTrend
  /// The slope of log dispersion against the logarithm of the step, and its interval over prompts, where
  /// steps are known and positive.
  public let slope: Double?
  /// 95 % interval of `slope`.
  public let slopeInterval: Interval?

  /// The p value of Page's trend test; `nil` for fewer than six prompts or three checkpoints.
  public var trendP: Double? { trend.p }
  /// Whether the trend is downward.
  public var isFalling: Bool { trend.z < 0 }

  /// `nil` for fewer than two checkpoints, or where prompts have no dispersion of their own.
  ///
  /// - Parameters:
  ///   - checkpoints: in the order of training, the start first.
  ///   - steps: the training step of each, where known; one a checkpoint, or none at all.
  public init?(
    _ result: MeasureSuite.Result, checkpoints: [String], steps: [Double?] = [],
    settings: InferenceSettings, workers: Workers
  ) {
    guard checkpoints.count >= 2,
      let series = PromptSeries(result, checkpoints: checkpoints), !series.logs.isEmpty
    else { return nil }
    let logs = series.logs
    self.checkpoints = checkpoints
    prompts = logs.count
    let last = checkpoints.count - 1
    let whole = logs.map { $0[last] - $0[0] }
    let change = SampleMoments(whole).mean
    self.change = change
    let hasEnough = logs.count >= StudyContext.fewestUnits
    let changeInterval = hasEnough ? Interval.studentT(whole) : nil
    self.changeInterval = changeInterval
    let isChanged = changeInterval.map { !$0.contains(0) } ?? false
    let totals = Bootstrap.means(
      of: whole, replicates: settings.resamples, seed: settings.seed, workers: workers)
    stages = (1...last).map { stage in
      let steps = logs.map { $0[stage] - $0[stage - 1] }
      let mean = SampleMoments(steps).mean
      // The same seed draws the same prompts, so numerator and denominator belong together.
      let parts = Bootstrap.means(
        of: steps, replicates: settings.resamples, seed: settings.seed, workers: workers)
      return Stage(
        from: checkpoints[stage - 1], to: checkpoints[stage], change: mean,
        changeInterval: hasEnough ? .studentT(steps) : nil,
        share: isChanged ? mean / change : nil,
        shareInterval: isChanged ? .percentile(zip(parts, totals).map { $0 / $1 }) : nil)
    }
    trend = PageTrend(
      logs, permutations: settings.permutations, seed: settings.seed, workers: workers)
    let slopes = Self.slopes(logs, steps: steps)
    slope = slopes.map { SampleMoments($0).mean }
    slopeInterval = hasEnough ? slopes.flatMap { .studentT($0) } : nil
  }

  /// Each prompt's least-squares slope against log step, over the checkpoints that have one; `nil`
  /// where fewer than three have, or one is not positive.
  private static func slopes(_ logs: [[Double]], steps: [Double?]) -> [Double]? {
    let known = steps.indices.filter { steps[$0] != nil }
    guard known.count >= 3, known.allSatisfy({ steps[$0]! > 0 }) else { return nil }
    let positions = known.map { Elementary.log(steps[$0]!) }
    let moments = SampleMoments(positions)
    guard moments.squares > 0 else { return nil }
    let weights = positions.map { ($0 - moments.mean) / moments.squares }
    return logs.map { row in zip(weights, known).reduce(0) { $0 + $1.0 * row[$1.1] } }
  }
}
