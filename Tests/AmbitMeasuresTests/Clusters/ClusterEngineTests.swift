import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Kinds within prompts and clusters across them, through the whole suite.
@Suite struct ClusterEngineTests {
  private static let width = 24

  /// Rows about one of many orthogonal directions each; the kinds of every prompt's samples are given.
  private func rows(_ kinds: [[Int]], noise: Double, random: inout SplitMix64) -> Matrix {
    let values = kinds.joined().flatMap { kind in
      (0..<Self.width).map { Float(($0 == kind ? 1 : 0) + noise * random.normal()) }
    }
    return Matrix(
      rowCount: values.count / Self.width, columnCount: Self.width, values: values)
  }

  private func run(
    _ kinds: [[[Int]]], noise: Double = 0.03, radius: Double? = 0.2, hasPrompts: Bool = true,
    seed: UInt64 = 1, settings: InferenceSettings? = nil
  ) -> MeasureSuite.Result {
    var random = SplitMix64(seed: seed, stream: 4)
    let names = kinds.indices.map { $0 == 0 ? "base" : "tuned\($0)" }
    let design = Design(
      checkpoints: names, baseline: 0,
      promptIDs: kinds.map { own in hasPrompts ? own.indices.map { "p\($0)" } : [""] },
      promptOffsets: kinds.map { own in
        hasPrompts
          ? own.reduce(into: [0]) { $0.append($0.last! + $1.count) } : [0, own.joined().count]
      }, hasPrompts: hasPrompts)
    let coordinates = kinds.map { rows($0, noise: noise, random: &random) }
    return Self.suite.run(
      design: design,
      spaces: [
        MeasuredSpace(id: "embedding", coordinates: coordinates, calibratedRadius: radius)
      ],
      settings: settings ?? InferenceSettings(resamples: 200, permutations: 199),
      workers: Workers(threadCount: 2))
  }

  private static let ids = [
    "cluster_entropy", "cluster_count", "chao1", "sample_coverage", "clusters_kept",
    "clusters_lost", "clusters_gained", "srr", "ndr", "sds",
  ]
  private static let suite = MeasureSuite(
    measures: MeasureSuite.standard.measures.filter { ids.contains($0.id) })

  private func draw(
    prompts: Int, samples: Int, below: Int, random: inout SplitMix64
  ) -> [[Int]] {
    (0..<prompts).map { _ in (0..<samples).map { _ in random.index(below: below) } }
  }

  @Test("per prompt: the kinds and their entropy, of every prompt and in the mean")
  func kindsOfPrompts() throws {
    var random = SplitMix64(seed: 2)
    let base = draw(prompts: 12, samples: 7, below: 6, random: &random)
    let tuned = draw(prompts: 12, samples: 7, below: 3, random: &random)
    let result = run([base, tuned])
    for (name, kinds) in [("base", base), ("tuned1", tuned)] {
      for metric in ["cluster_count", "cluster_entropy"] {
        let own = result.promptMeasurements.filter { $0.checkpoint == name && $0.metric == metric }
        #expect(own.map(\.promptID) == (0..<12).map { "p\($0)" })
        for (row, samples) in zip(own, kinds) {
          let counts = (0..<6).map { kind in samples.count { $0 == kind } }
          let expected =
            metric == "cluster_count"
            ? Double(Set(samples).count) : CountEntropy.chaoWangJost(counts)
          #expect(row.value == expected && row.flags.isEmpty && row.samples == 7)
        }
      }
    }
    let row = try #require(
      result.measurements.first {
        $0.metric == "cluster_entropy" && $0.scope == .within && !$0.reference.isEmpty
      })
    let effects = (0..<12).map { prompt in
      let counts = [tuned, base].map { kinds in
        (0..<6).map { kind in kinds[prompt].count { $0 == kind } }
      }
      return CountEntropy.chaoWangJost(counts[0]) - CountEntropy.chaoWangJost(counts[1])
    }
    #expect(agree(row.effect!, SampleMoments(effects).mean, relative: 1e-12))
    #expect(row.effectKind == .difference && row.p! < 0.05 && row.interval!.high < 0)
    // The null band is that of all sign patterns about the mean: 12 prompts have 4,096.
    let patterns = run(
      [base, tuned], settings: InferenceSettings(resamples: 200, permutations: 4096))
    let band = try #require(
      patterns.measurements.first { $0.metric == "cluster_entropy" && $0.effect == row.effect }?
        .nullBand)
    let mean = SampleMoments(effects).mean
    let flipped: [Double] = (0..<4096).map { (pattern: Int) -> Double in
      var sum = 0.0
      for (prompt, effect) in effects.enumerated() {
        sum += (effect - mean) * (pattern >> prompt & 1 == 0 ? 1 : -1)
      }
      // t of 11 degrees of freedom reaches to 2.201 where the normal law does to 1.960.
      return sum / 12 * (12.0 / 11).squareRoot() * 2.201 / 1.960
    }.sorted()
    #expect(agree(band.low, -band.high, relative: 0.05))
    #expect(band.low >= flipped[90] && band.low <= flipped[115])
    #expect(row.effect! < band.low)
    #expect(result.clustering?.radius == 0.2 && result.clustering?.isRadiusCalibrated == true)
  }

  @Test("modes that a checkpoint never visits are lost, new ones gained, and shown by real rows")
  func lostModes() throws {
    var random = SplitMix64(seed: 3)
    let base = draw(prompts: 40, samples: 6, below: 12, random: &random)
    // 9, 10 and 11 are lost; 12 is new.
    let tuned = draw(prompts: 40, samples: 6, below: 10, random: &random).map { samples in
      samples.map { $0 == 9 ? 12 : $0 }
    }
    let result = run([base, tuned])
    let changes = result.clusterChanges
    #expect(!changes.isEmpty)
    let (all, others) = (Array(base.joined()), Array(tuned.joined()))
    var (lost, gained) = (Set<Int>(), Set<Int>())
    for change in changes {
      #expect(change.checkpoint == 1 && change.reference == 0 && change.adjustedP <= 0.05)
      #expect((1...3).contains(change.exemplars.count))
      let owner = change.kind == .lost ? all : others
      let kinds = Set(change.exemplars.map { owner[$0] })
      #expect(kinds.count == 1, "exemplars of one cluster are of one kind")
      if change.kind == .lost {
        lost.formUnion(kinds)
        #expect(change.referenceSize >= 3 && change.checkpointSize < 3)
      } else {
        gained.formUnion(kinds)
      }
    }
    #expect(lost == [9, 10, 11] && gained == [12])
    #expect(
      changes.map { $0.kind == .lost ? 0 : 1 } == changes.map { $0.kind == .lost ? 0 : 1 }.sorted())
    func value(_ metric: String) throws -> Measurement {
      try #require(result.measurements.first { $0.metric == metric && !$0.reference.isEmpty })
    }
    let lostRow = try value("clusters_lost")
    #expect(Int(lostRow.value!) == changes.count { $0.kind == .lost })
    #expect(lostRow.p! <= 0.01 && lostRow.nullBand!.high < lostRow.value! && lostRow.effect == nil)
    #expect(Int(try value("clusters_gained").value!) == changes.count { $0.kind == .gained })
    let retention = try value("srr")
    #expect(retention.p! <= 0.01 && retention.value! < 1)
    #expect(try value("ndr").value! > 0)
    #expect(try value("clusters_kept").p! <= 0.01)
    let entropy = try #require(
      result.measurements.first {
        $0.metric == "cluster_entropy" && $0.scope == .pooled && !$0.reference.isEmpty
      })
    #expect(entropy.effect! < 0 && entropy.p! <= 0.01)
  }

  @Test("where nothing differs, p values are small as often as they should be, and nothing is lost")
  func nothingHappens() {
    var (rejected, tests) = (0.0, 0.0)
    var changes = 0
    for seed in 1...60 {
      var random = SplitMix64(seed: UInt64(seed))
      let kinds = (0..<2).map { _ in
        draw(prompts: 20, samples: 4, below: 12, random: &random)
      }
      let result = run(
        kinds, seed: UInt64(seed),
        settings: InferenceSettings(resamples: 100, permutations: 99))
      changes += result.clusterChanges.count
      for row in result.measurements
      where row.metric == "cluster_entropy" || row.metric == "cluster_count" {
        guard let p = row.p else { continue }
        tests += 1
        rejected += p <= 0.05 ? 1 : 0
      }
    }
    #expect(tests == 60 * 5)
    #expect(rejected / tests < 0.1, "\(rejected) of \(tests)")
    #expect(changes <= 3)
  }

  @Test("a checkpoint against itself has lost nothing, exactly")
  func itself() {
    var random = SplitMix64(seed: 5)
    let kinds = draw(prompts: 10, samples: 5, below: 9, random: &random)
    let design = Design(
      checkpoints: ["base", "copy"], baseline: 0, promptIDs: (0..<10).map { "p\($0)" },
      promptOffsets: (0...10).map { 5 * $0 })
    let own = rows(kinds, noise: 0.4, random: &random)
    let result = Self.suite.run(
      design: design, spaces: [MeasuredSpace(id: "embedding", coordinates: [own, own])],
      settings: InferenceSettings(resamples: 100, permutations: 99),
      workers: Workers(threadCount: 2))
    for row in result.measurements where !row.reference.isEmpty {
      if let effect = row.effect { #expect(effect == 0, "\(row.metric)") }
      if let p = row.p { #expect(p == 1, "\(row.metric)") }
      switch row.metric {
      case "srr": #expect(row.value == 1)
      case "clusters_lost", "clusters_gained", "ndr", "sds": #expect(row.value == 0)
      default: break
      }
    }
    #expect(result.clusterChanges.isEmpty)
  }

  @Test("without a calibrated radius a rule finds one, and every row says so")
  func radiusByRule() throws {
    var random = SplitMix64(seed: 8)
    let kinds = [0, 1].map { _ in
      (0..<8).map { prompt in (0..<4).map { _ in prompt + 8 * random.index(below: 2) } }
    }
    let result = run(kinds, radius: nil)
    for row in result.measurements where row.scope == .within {
      #expect(row.flags.contains(.radiusByRule))
    }
    #expect(result.measurements.contains { $0.scope == .pooled })
    #expect(
      !result.measurements.contains { $0.scope == .pooled && $0.flags.contains(.radiusByRule) })
    // Different prompts are nearly at right angles: a fifth of 1.
    #expect(abs(try #require(result.clustering?.radius) - 0.2) < 0.02)
    #expect(result.clustering?.isRadiusCalibrated == false)
    let one = run([[[0, 1, 0]], [[0, 0, 1]]], radius: nil)
    for row in one.measurements where row.scope == .within {
      #expect(row.value == nil && row.flags.contains(.degenerate))
    }
  }

  @Test("one sample a prompt, no prompts, unequal samples")
  func otherDesigns() throws {
    var random = SplitMix64(seed: 6)
    let single = [0, 1].map { _ in draw(prompts: 60, samples: 1, below: 8, random: &random) }
    let result = run(single)
    for row in result.measurements where row.scope == .within {
      #expect(row.value == nil && row.flags.contains(.fewSamples))
    }
    for row in result.promptMeasurements { #expect(row.value == nil && row.flags == [.fewSamples]) }
    #expect(result.measurements.contains { $0.metric == "srr" && $0.value != nil })

    let loose = run(single, hasPrompts: false)
    #expect(loose.promptMeasurements.isEmpty)
    #expect(loose.measurements.allSatisfy { $0.scope == .pooled && $0.flags.contains(.noPrompts) })
    #expect(loose.measurements.contains { $0.metric == "cluster_entropy" && $0.p != nil })

    let unequal = run([
      draw(prompts: 20, samples: 6, below: 8, random: &random),
      draw(prompts: 20, samples: 3, below: 8, random: &random),
    ])
    for row in unequal.measurements where !row.reference.isEmpty {
      let standardises = row.metric == "cluster_count" && row.scope == .pooled
      #expect((row.effect != nil) == standardises, "\(row.metric) \(row.scope)")
      if !standardises { #expect(row.flags.contains(.unmatchedCounts)) }
    }
    let equal = try #require(
      unequal.measurements.first { $0.variant == "equal_n" && !$0.reference.isEmpty })
    // Eight kinds on either side, all of them in 60 outputs.
    #expect(abs(equal.effect!) < 0.1)
  }
}
