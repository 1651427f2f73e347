import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// What must not change a number, and what must change it in a known way.
@Suite struct InvarianceTests {
  private let settings = InferenceSettings(resamples: 200, permutations: 199)
  private let workers = Workers(threadCount: 2)

  private var study: SimulatedStudy {
    var study = SimulatedStudy()
    study.scales = [1, 0.7]
    study.prompts = 15
    study.samples = 4
    return study
  }

  private func identity(_ row: Measurement) -> String {
    [
      row.checkpoint, row.reference, row.scope.rawValue, row.space, row.metric, row.variant,
    ].joined(separator: "/")
  }

  @Test func scaleMovesValuesAndNothingElse() throws {
    let study = study
    let plain = study.run(settings).measurements
    // A power of two, so that no coordinate is rounded.
    let doubled = MeasureSuite.standard.run(
      design: study.design,
      spaces: study.spaces.map { space in
        MeasuredSpace(
          id: space.id,
          coordinates: space.coordinates.map {
            Matrix(
              rowCount: $0.rowCount, columnCount: $0.columnCount, values: $0.values.map { 2 * $0 })
          }, calibratedRadius: space.calibratedRadius)
      }, settings: settings, workers: workers
    ).measurements
    #expect(plain.count == doubled.count)
    for (row, other) in zip(plain, doubled) {
      #expect(identity(row) == identity(other) && row.flags == other.flags)
      #expect(row.p == other.p, "\(identity(row))")
      if let effect = row.effect {
        #expect(abs(effect - (try #require(other.effect))) < 1e-9, "\(identity(row))")
      }
      // What is refused is refused at any scale.
      guard let value = row.value else {
        #expect(other.value == nil)
        continue
      }
      let moved = try #require(other.value)
      let expected =
        switch row.metric {
        case _ where row.variant.hasSuffix("centred"): value
        case "dispersion", "hull_area", "ellipse_area", "centroid_shift", "frechet", "hdr_area",
          "alpha_shape_area", "projected_hull":
          4 * value
        case "hull_perimeter", "energy_distance", "mean_distance", "median_distance",
          "local_scale", "mst_length":
          2 * value
        case "knn_entropy":
          value + Double(row.space == "embedding" ? study.width : 2) * Elementary.log(2)
        case "log_volume": value + (Double(row.variant.dropFirst()) ?? .nan) * Elementary.log(2)
        default: value
        }
      #expect(abs(moved - expected) < 1e-9 * max(1, abs(expected)), "\(identity(row))")
    }
  }

  @Test func exchangedCheckpointsTurnEveryEffect() throws {
    let study = study
    let forth = study.run(settings).measurements.filter { !$0.reference.isEmpty }
    let design = Design(
      checkpoints: study.design.checkpoints, baseline: 1, promptIDs: study.design.promptIDs[0],
      promptOffsets: study.design.promptOffsets[0])
    let back = MeasureSuite.standard.run(
      design: design, spaces: study.spaces, settings: settings, workers: workers
    ).measurements.filter { !$0.reference.isEmpty }
    #expect(forth.count == back.count)
    for row in forth {
      let metric =
        switch row.metric {
        case "hull_lost": "hull_gained"
        case "hull_gained": "hull_lost"
        case "clusters_lost": "clusters_gained"
        case "clusters_gained": "clusters_lost"
        default: row.metric
        }
      // What is kept is a share of the reference alone; balls, α and the kernel's width are the
      // reference's, and relabellings are drawn in the order of the sets.
      let directed = [
        "hull_kept", "precision", "recall", "density", "coverage", "mmd", "knn_divergence", "srr",
        "ndr", "sds", "alpha_shape_area",
      ]
      if directed.contains(metric) || row.value == nil { continue }
      let other = try #require(
        back.first {
          $0.metric == metric && $0.variant == row.variant && $0.space == row.space
            && $0.scope == row.scope
        })
      #expect(other.checkpoint == row.reference && other.reference == row.checkpoint)
      if row.value == nil && other.value == nil { continue }
      if let effect = row.effect {
        #expect(abs(effect + (try #require(other.effect))) < 1e-6, "\(identity(row))")
        let interval = try #require(row.interval)
        let turned = try #require(other.interval)
        #expect(abs(interval.low + turned.high) < 1e-5, "\(identity(row))")
        #expect(abs(interval.high + turned.low) < 1e-5, "\(identity(row))")
        #expect(row.value == other.referenceValue && row.referenceValue == other.value)
      } else {
        #expect(abs((try #require(row.value)) - (try #require(other.value))) < 1e-5)
      }
      let shuffled = [
        "energy_distance", "centroid_shift", "frechet", "rke", "mean_cosine_distance",
        "mean_distance", "local_scale", "intrinsic_dimension",
        "classifier_auc", "js", "knn_entropy",
        "cluster_entropy", "cluster_count", "chao1", "sample_coverage", "clusters_kept",
        "clusters_lost", "clusters_gained",
      ]
      if shuffled.contains(metric) && row.scope != .within { continue }
      if row.flags.contains(.notPermuted) { continue }
      // Single-precision sums may break a tie the other way.
      #expect(abs((try #require(row.p)) - (try #require(other.p))) < 0.011, "\(identity(row))")
    }
  }

  @Test func theSeedMovesOnlyWhatIsDrawn() throws {
    var study = study
    study.prompts = 55
    var other = settings
    other.seed = 77
    let pairs = zip(study.run(settings).measurements, study.run(other).measurements)
    var moved = 0
    // The centres that a clustering starts from are drawn too.
    let clustered = ["cluster", "chao1", "sample_coverage", "srr", "ndr", "sds"]
    for (row, second) in pairs {
      if row.scope == .pooled && clustered.contains(where: row.metric.hasPrefix) { continue }
      #expect(row.value == second.value && row.effect == second.effect)
      #expect(row.flags == second.flags && row.isPrimary == second.isPrimary)
      moved += row.nullBand != second.nullBand ? 1 : 0
    }
    #expect(moved > 20, "bands are drawn")
  }

  @Test func measuresAndSpacesDoNotTouchEachOther() throws {
    let study = study
    let whole = study.run(settings).measurements
    let alone = MeasureSuite(
      measures: MeasureSuite.standard.measures.filter { $0.id == "hull_area" || $0.id == "icc" }
    ).run(
      design: study.design, spaces: study.spaces.reversed(), settings: settings, workers: workers
    ).measurements
    #expect(!alone.isEmpty)
    for row in alone {
      let same = try #require(whole.first { identity($0) == identity(row) })
      #expect(row.value == same.value && row.effect == same.effect && row.p == same.p)
      #expect(row.interval == same.interval && row.nullBand == same.nullBand)
    }
  }

  @Test func aPairIsTheSameUnderEveryComparison() throws {
    var study = study
    study.scales = [1, 0.9, 0.7]
    func rows(_ comparisons: InferenceSettings.Comparisons) -> [String: Measurement] {
      var settings = settings
      settings.comparisons = comparisons
      return Dictionary(
        uniqueKeysWithValues: study.run(settings).measurements.map { (identity($0), $0) })
    }
    let all = rows(.all)
    for comparisons in [InferenceSettings.Comparisons.base, .consecutive] {
      for (identity, row) in rows(comparisons) {
        let same = try #require(all[identity])
        #expect(row.value == same.value && row.effect == same.effect && row.p == same.p)
        #expect(row.interval == same.interval && row.nullBand == same.nullBand)
      }
    }
  }

  @Test func theMeanOverPromptsIsTheMeanOfTheTable() throws {
    let result = study.run(settings)
    for checkpoint in study.design.checkpoints {
      let rows = result.measurements.filter {
        $0.checkpoint == checkpoint && $0.scope == .within && $0.space == "embedding"
      }
      #expect(rows.count == 15)
      for row in rows {
        let values = result.promptMeasurements.filter {
          $0.checkpoint == checkpoint && $0.metric == row.metric && $0.variant == row.variant
        }
        #expect(values.count == 15 && values.allSatisfy { $0.samples == 4 && $0.flags.isEmpty })
        let mean = SampleMoments(values.compactMap(\.value)).mean
        #expect(agree(try #require(row.value), mean, relative: 1e-12))
        #expect(row.prompts == 15 && row.samples == 60)
      }
    }
  }

  @Test func progressRisesFromNothingToAll() {
    var seen: [Double] = []
    _ = MeasureSuite.standard.run(
      design: study.design, spaces: study.spaces, settings: settings, workers: workers
    ) { seen.append($0) }
    #expect(seen.first == 0 && seen.last == 1)
    #expect(zip(seen, seen.dropFirst()).allSatisfy(<))
    // Two steps an engine of each of three spaces: the baseline alone and the other against it.
    #expect(seen.count % 2 == 1 && seen.count > 1 + 2 * 3)
  }
}
