/// Which rows belong to which checkpoint and prompt: the units of analysis.
///
/// Every measured matrix of checkpoint *c* has its rows in this order: prompt after prompt, prompt *u*
/// owning rows `promptOffsets[c][u]..<promptOffsets[c][u + 1]`.
public struct Design: Equatable, Sendable {
  /// The names of the checkpoints, in the order of the study.
  public let checkpoints: [String]
  /// The index of the baseline in `checkpoints`.
  public let baseline: Int
  /// The ids of each checkpoint's prompts.
  public let promptIDs: [[String]]
  /// For each checkpoint, one more offset than it has prompts, from 0 to its number of rows.
  public let promptOffsets: [[Int]]
  /// Whether rows come from named prompts; if not, every checkpoint is one unnamed prompt.
  public let hasPrompts: Bool
  /// Whether all checkpoints answer the same prompts with the same number of samples each.
  public let isMatched: Bool
  /// Chains of checkpoints, the first of each being what its others are compared with; a checkpoint may
  /// stand in several. One that stands in none is compared with `baseline`.
  public var lineages: [[Int]] = []

  /// A design of its own prompts per checkpoint. `isMatched` follows from ids and offsets.
  ///
  /// - Precondition: one entry a checkpoint; ascending offsets from 0; every prompt has a row;
  ///   without prompts, one prompt a checkpoint.
  public init(
    checkpoints: [String], baseline: Int, promptIDs: [[String]], promptOffsets: [[Int]],
    hasPrompts: Bool
  ) {
    precondition(checkpoints.indices.contains(baseline), "the baseline is one of the checkpoints")
    precondition(
      promptIDs.count == checkpoints.count && promptOffsets.count == checkpoints.count,
      "one list of prompts a checkpoint")
    for (ids, offsets) in zip(promptIDs, promptOffsets) {
      precondition(offsets.count == ids.count + 1 && offsets.first == 0, "offsets fence prompts")
      precondition(zip(offsets, offsets.dropFirst()).allSatisfy(<), "every prompt has a row")
      precondition(hasPrompts || ids.count == 1, "without prompts there is one group of rows")
    }
    self.checkpoints = checkpoints
    self.baseline = baseline
    self.promptIDs = promptIDs
    self.promptOffsets = promptOffsets
    self.hasPrompts = hasPrompts
    isMatched =
      promptOffsets.allSatisfy { $0 == promptOffsets[0] }
      && (!hasPrompts || promptIDs.allSatisfy { $0 == promptIDs[0] })
  }

  /// A matched design: every checkpoint has the same prompts and offsets.
  public init(
    checkpoints: [String], baseline: Int, promptIDs: [String], promptOffsets: [Int],
    hasPrompts: Bool = true
  ) {
    self.init(
      checkpoints: checkpoints, baseline: baseline,
      promptIDs: checkpoints.map { _ in promptIDs },
      promptOffsets: checkpoints.map { _ in promptOffsets }, hasPrompts: hasPrompts)
  }

  /// The number of rows of a checkpoint.
  public func rowCount(of checkpoint: Int) -> Int { promptOffsets[checkpoint].last ?? 0 }

  /// The fewest samples that any prompt of any checkpoint has.
  var fewestSamples: Int {
    checkpoints.indices.map { sampleCounts(of: $0).min() ?? 0 }.min() ?? 0
  }

  /// The offsets of the independent units: prompts, or single rows where there are no prompts.
  func unitOffsets(of checkpoint: Int) -> [Int] {
    hasPrompts ? promptOffsets[checkpoint] : Array(0...rowCount(of: checkpoint))
  }

  /// Whether unit *u* of one checkpoint answers the same question as unit *u* of another, with the
  /// same number of samples: then whole units of any two checkpoints can be exchanged.
  var isPaired: Bool { hasPrompts && isMatched }

  /// Whether two checkpoints answer the same prompts, be it with other numbers of samples.
  func hasSamePrompts(_ first: Int, _ second: Int) -> Bool {
    hasPrompts && promptIDs[first] == promptIDs[second]
  }

  /// The number of samples of each prompt of a checkpoint.
  func sampleCounts(of checkpoint: Int) -> [Int] {
    zip(promptOffsets[checkpoint], promptOffsets[checkpoint].dropFirst()).map { $1 - $0 }
  }

  /// Whether two checkpoints have as many samples per prompt: prompt by prompt where they answer the
  /// same ones, else as shares of their prompts.
  func hasSameSampleCounts(_ first: Int, _ second: Int) -> Bool {
    Self.areEqual(
      sampleCounts(of: first), sampleCounts(of: second), isPaired: hasSamePrompts(first, second))
  }

  /// Whether two lists of sample counts agree: item by item if paired, else as distributions.
  package static func areEqual(_ first: [Int], _ second: [Int], isPaired: Bool) -> Bool {
    if isPaired { return first == second }
    let (sorted, other) = (first.sorted(), second.sorted())
    // Steps of both distribution functions, on the common scale of first.count · second.count.
    var (here, there) = (0, 0)
    while here < sorted.count && there < other.count {
      guard sorted[here] == other[there] else { return false }
      let size = sorted[here]
      while here < sorted.count && sorted[here] == size { here += 1 }
      while there < other.count && other[there] == size { there += 1 }
      guard here * other.count == there * sorted.count else { return false }
    }
    return here == sorted.count && there == other.count
  }
}
