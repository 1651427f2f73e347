import AmbitMatrix
import AmbitMeasures

/// A study that can be changed in every way that a number may depend on.
struct ChangingStudy {
  struct Checkpoint {
    var name: String
    var rows: Matrix
    /// The second halves of outputs; a row of zeros where one cannot be cut.
    var halves: Matrix
    var texts: [String]
  }

  var checkpoints: [Checkpoint]
  var baseline = 0
  var promptIDs: [String]
  /// The samples of each prompt of each checkpoint.
  var samples: [[Int]]
  var hasPrompts = true
  var radius: Double? = 0.3
  var settings = InferenceSettings(resamples: 100, permutations: 99)
  var measures = MeasureSuite.standard
  /// What is added to every point of the plane, as a plane fitted on other checkpoints would.
  var planeShift: Float = 0
  private var random: SplitMix64

  private static let width = 6

  init(seed: UInt64, checkpointCount: Int, prompts: Int = 7, samples: Int = 4) {
    random = SplitMix64(seed: seed, stream: 7)
    promptIDs = (0..<prompts).map { "p\($0)" }
    self.samples = (0..<checkpointCount).map { _ in [Int](repeating: samples, count: prompts) }
    checkpoints = []
    for index in 0..<checkpointCount {
      checkpoints.append(Self.checkpoint("c\(index)", rows: prompts * samples, random: &random))
    }
  }

  static func checkpoint(_ name: String, rows count: Int, random: inout SplitMix64) -> Checkpoint {
    func matrix() -> Matrix {
      Matrix(
        rowCount: count, columnCount: width,
        values: (0..<count * width).map { _ in Float(1 + random.normal()) })
    }
    let texts = (0..<count).map { _ in
      (0..<4 + random.index(below: 9)).map { _ in "w\(random.index(below: 30))" }
        .joined(separator: " ")
    }
    return Checkpoint(name: name, rows: matrix(), halves: matrix(), texts: texts)
  }

  var design: Design {
    Design(
      checkpoints: checkpoints.map(\.name), baseline: baseline,
      promptIDs: checkpoints.map { _ in hasPrompts ? promptIDs : [""] },
      promptOffsets: samples.map { counts in
        hasPrompts
          ? counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
          : [0, counts.reduce(0, +)]
      }, hasPrompts: hasPrompts)
  }

  var spaces: [MeasuredSpace] {
    [
      MeasuredSpace(
        id: "embedding", coordinates: checkpoints.map(\.rows), calibratedRadius: radius,
        halves: checkpoints.map { HalvedRows(first: $0.rows, second: $0.halves) }),
      MeasuredSpace(
        id: "pca2",
        coordinates: checkpoints.map { checkpoint in
          Matrix(
            rowCount: checkpoint.rows.rowCount, columnCount: 2,
            values: (0..<checkpoint.rows.rowCount).flatMap {
              [checkpoint.rows[$0, 0] + planeShift, checkpoint.rows[$0, 1]]
            })
        }),
    ]
  }

  func run(remembering memory: (any RememberedRows)?) -> MeasureSuite.Result {
    let workers = Workers(threadCount: 2)
    var result = measures.run(
      design: design, spaces: spaces, settings: settings, workers: workers, remembering: memory)
    result.append(
      LexicalFixture.suite.run(
        design: design, texts: LexicalTexts(checkpoints.map(\.texts), workers: workers),
        settings: settings, workers: workers, remembering: memory))
    return result
  }

  /// A number, to tell checkpoints of later changes apart.
  private var newName: String { "n\(checkpoints.map(\.name).joined().count)" }

  mutating func addCheckpoint() {
    checkpoints.append(
      Self.checkpoint(newName, rows: samples[baseline].reduce(0, +), random: &random))
    samples.append(samples[baseline])
  }

  mutating func removeCheckpoint() {
    guard checkpoints.count > 2 else { return addCheckpoint() }
    let index = random.index(below: checkpoints.count)
    guard index != baseline else { return }
    checkpoints.remove(at: index)
    samples.remove(at: index)
    if index < baseline { baseline -= 1 }
  }

  mutating func exchangeCheckpoints() {
    let (first, second) = (
      random.index(below: checkpoints.count), random.index(below: checkpoints.count)
    )
    checkpoints.swapAt(first, second)
    samples.swapAt(first, second)
  }

  mutating func changeBaseline() { baseline = random.index(below: checkpoints.count) }

  mutating func rename() { checkpoints[random.index(below: checkpoints.count)].name = newName }

  mutating func changeRow() {
    let index = random.index(below: checkpoints.count)
    checkpoints[index].rows[random.index(below: checkpoints[index].rows.rowCount), 1] += 0.5
  }

  mutating func changeText() {
    let index = random.index(below: checkpoints.count)
    checkpoints[index].texts[random.index(below: checkpoints[index].texts.count)] += " w1 new"
  }

  /// An output that cannot be cut in halves.
  mutating func loseHalf() {
    let index = random.index(below: checkpoints.count)
    let row = random.index(below: checkpoints[index].halves.rowCount)
    for column in 0..<Self.width { checkpoints[index].halves[row, column] = 0 }
  }

  /// One sample less of one prompt of one checkpoint, so that samples do not match.
  mutating func loseSample() {
    let index = random.index(below: checkpoints.count)
    let prompt = random.index(below: promptIDs.count)
    guard samples[index][prompt] > 2 else { return }
    let row = samples[index][..<prompt].reduce(0, +)
    let kept = checkpoints[index].texts.indices.filter { $0 != row }
    checkpoints[index].rows = checkpoints[index].rows.rows(kept)
    checkpoints[index].halves = checkpoints[index].halves.rows(kept)
    checkpoints[index].texts.remove(at: row)
    samples[index][prompt] -= 1
  }

  mutating func changeSettings() {
    switch random.index(below: 5) {
    case 0: settings.seed += 1
    case 1: settings.permutations += 1
    case 2: settings.resamples += 1
    case 3: settings.force.toggle()
    default:
      settings.comparisons =
        InferenceSettings.Comparisons.allCases[random.index(below: 3)]
    }
  }

  mutating func changeMeasures() {
    let chosen = Set(
      MeasureSuite.standard.measures.map(\.id).filter { _ in random.index(below: 3) > 0 })
    measures = MeasureSuite.standard.keeping { chosen.contains($0.id) }
  }

  /// Any of these.
  mutating func change() {
    switch random.index(below: 14) {
    case 0, 1: addCheckpoint()
    case 2: removeCheckpoint()
    case 3: exchangeCheckpoints()
    case 4: changeBaseline()
    case 5: rename()
    case 6: changeRow()
    case 7: changeText()
    case 8: loseHalf()
    case 9: changeSettings()
    case 10: changeMeasures()
    case 11: radius = random.index(below: 2) == 0 ? nil : 0.2 + 0.1 * Double(random.index(below: 3))
    case 12: planeShift += 0.25
    default:
      switch random.index(below: 3) {
      case 0: loseSample()
      case 1: promptIDs[random.index(below: promptIDs.count)] += "x"
      default: hasPrompts.toggle()
      }
    }
  }
}
