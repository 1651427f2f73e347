internal import AmbitMatrix

extension PlaneEngine {
  /// Everything that resampling says about one pair of checkpoints.
  struct Evidence {
    var record: Record
    /// Effects of single measures, then values of pair measures, with units left out.
    var deletions: [PlaneDeletions]
    /// Per statistic.
    var effectP: [Double?]
    var pairP: [Double?]
    /// How many relabellings the p values of single measures rest on, if fewer than were asked for.
    var permutations: Int?
  }

  /// Compares `checkpoint` with `reference`.
  func evidence(checkpoint: Int, reference: Int) -> Evidence {
    let base = clouds[reference]
    let tuned = clouds[checkpoint]
    let owners = base.unitCount + tuned.unitCount
    let asTheyLie = PlanePool(
      base.entries(from: 0, isCentred: false)
        + tuned.entries(from: base.unitCount, isCentred: false))
    let workspace = makeWorkspace(asTheyLie.points.count)
    let unchanged = (0..<owners).map { UInt8($0 < base.unitCount ? 0 : 1) }
    workspace.regroup(asTheyLie, unchanged, levels: levels)
    var evidence = Evidence(
      record: record(workspace, withPairs: true), deletions: [],
      effectP: singles.map { _ in nil }, pairP: pairs.map { _ in nil })
    guard context.unitCount(checkpoint, reference) >= StudyContext.fewestUnits else {
      return evidence
    }
    leaveOut(asTheyLie, unchanged, base.unitCount, tuned.unitCount, into: &evidence)
    permute(asTheyLie, unchanged, base, tuned, into: &evidence)
    return evidence
  }

  private func leaveOut(
    _ pool: PlanePool, _ unchanged: [UInt8], _ first: Int, _ second: Int,
    into evidence: inout Evidence
  ) {
    let read: @Sendable (PlanePairWorkspace) -> [Double] = { effects($0) + pairValues($0) }
    // Paired prompts leave both clouds together; unpaired units one cloud at a time.
    let parts =
      context.design.isPaired
      ? [[0, first]] : [[0], [first]]
    evidence.deletions = parts.map { starts in
      PlaneDeletions(
        engine: self, pool: pool, unchanged: unchanged, starts: starts,
        units: starts == [first] ? second : first, read: read)
    }
  }

  private func permute(
    _ asTheyLie: PlanePool, _ unchanged: [UInt8], _ base: PlaneCloud, _ tuned: PlaneCloud,
    into evidence: inout Evidence
  ) {
    let isPaired = context.design.isPaired
    let first = base.unitCount
    let permutations =
      tier == .hulls
      ? context.settings.permutations : context.dearReplicates(points: asTheyLie.points.count)
    let swaps = LabelSwaps(
      first: first, second: tuned.unitCount, isPaired: isPaired, permutations: permutations,
      seed: context.settings.seed)
    if !swaps.isExhaustive { evidence.permutations = permutations }
    guard permutations > 0 else { return }
    let write: @Sendable (Int, inout [UInt8]) -> Void = { replicate, groups in
      if !isPaired { return swaps.write(replicate, to: &groups) }
      var flags = [UInt8](repeating: 0, count: first)
      swaps.write(replicate, to: &flags)
      for unit in 0..<first {
        groups[unit] = flags[unit]
        groups[first + unit] = 1 - flags[unit]
      }
    }
    let centred = PlanePool(
      base.entries(from: 0, isCentred: true) + tuned.entries(from: first, isCentred: true))
    let workspace = makeWorkspace(centred.points.count)
    workspace.regroup(centred, unchanged, levels: levels)
    let observed = effects(workspace)
    let spread = replicates(
      swaps.count, pool: centred, groupCount: unchanged.count, levels: levels, write: write,
      read: effects)
    for index in singles.indices {
      evidence.effectP[index] = PermutationTest.pValue(
        observed: observed[index], replicates: spread.map { $0[index] }, tail: .twoSided,
        isExhaustive: swaps.isExhaustive)
    }
    guard !pairs.isEmpty else { return }
    let overlap = replicates(
      swaps.count, pool: asTheyLie, groupCount: unchanged.count, levels: .outer, write: write,
      read: pairValues)
    for index in pairs.indices {
      evidence.pairP[index] = PermutationTest.pValue(
        observed: evidence.record.pair[index], replicates: overlap.map { $0[index] },
        tail: pairs[index].measure.tail, isExhaustive: swaps.isExhaustive)
    }
  }

  /// What the same numbers look like between random halves of one checkpoint.
  struct NullBands {
    var effects: [Interval?]
    var pairs: [Interval?]
    var isWithinUnits: Bool
  }

  func null(of checkpoint: Int) -> NullBands {
    let cloud = clouds[checkpoint]
    let isResidual = space.isCentredWithinPrompts
    let halves = SplitHalves(
      offsets: cloud.offsets, samplesNeeded: isResidual ? 2 : 1,
      count: tier == .hulls
        ? context.settings.splits : context.dearSplits(points: cloud.points.count),
      seed: context.settings.seed)
    let read: @Sendable (PlanePairWorkspace) -> [Double] = { effects($0) + pairValues($0) }
    let rows = PlanePool(cloud.points.enumerated().map { ($0.element, $0.offset) })
    let values: [[Double]]
    if isResidual && halves.isWithinUnits {
      values = context.workers.map(halves.count) { replicate in
        var groups = [UInt8](repeating: 2, count: cloud.points.count)
        halves.write(replicate, to: &groups)
        let points = cloud.recentred(groups)
        let pool = PlanePool(points.enumerated().map { ($0.element, $0.offset) })
        let workspace = makeWorkspace(points.count)
        workspace.regroup(pool, groups, levels: levels)
        return read(workspace)
      }
    } else {
      values = replicates(
        halves.count, pool: rows, groupCount: cloud.points.count, levels: levels,
        write: { halves.write($0, to: &$1) }, read: read)
    }
    return NullBands(
      effects: singles.indices.map { index in .percentile(values.map { $0[index] }) },
      pairs: pairs.indices.map { index in
        .percentile(values.map { $0[singles.count + index] })
      },
      isWithinUnits: halves.isWithinUnits)
  }
}
