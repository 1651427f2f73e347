import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct MeasureSuiteTests {
  /// Every row must be finite, or empty with a reason.
  private func expectReasoned(_ result: MeasureSuite.Result) {
    for row in result.measurements {
      for number in [
        row.value, row.referenceValue, row.effect, row.interval?.low, row.interval?.high,
        row.nullBand?.low, row.nullBand?.high, row.p, row.adjustedP,
      ] {
        if let number { #expect(number.isFinite, "\(row)") }
      }
      if row.value == nil { #expect(!row.flags.isEmpty, "no value and no reason: \(row)") }
    }
    let keys = result.measurements.map {
      [$0.checkpoint, $0.reference, $0.scope.rawValue, $0.space, $0.metric, $0.variant]
    }
    #expect(Set(keys).count == keys.count, "two rows of the same identity")
  }

  @Test func everyShapeOfStudyGivesReasonedRows() {
    for (prompts, samples, hasPrompts) in [
      (12, 6, true), (12, 1, true), (12, 2, true), (3, 5, true), (1, 1, true), (20, 3, false),
      (1, 2, false),
    ] {
      var study = SimulatedStudy()
      study.prompts = prompts
      study.samples = samples
      study.hasPrompts = hasPrompts
      study.scales = [1, 0.5, 1.5]
      let result = study.run()
      expectReasoned(result)
      #expect(!result.measurements.isEmpty)
      if !hasPrompts {
        #expect(
          result.measurements.allSatisfy { $0.scope == .pooled && $0.flags.contains(.noPrompts) })
      }
    }
  }

  @Test func aModelAgainstItselfShowsNothing() {
    for samples in [1, 5] {
      var study = SimulatedStudy()
      study.samples = samples
      let base = study.rows[0]
      let result = MeasureSuite.standard.run(
        design: study.design, spaces: SimulatedStudy.spaces([base, base], samples: samples),
        settings: InferenceSettings(resamples: 200, permutations: 199),
        workers: Workers(threadCount: 2))
      for row in result.measurements where !row.reference.isEmpty {
        if let effect = row.effect {
          #expect(effect == 0, "\(row)")
          // Random halves of twenty outputs have no tenth neighbour.
          #expect(row.interval?.contains(0) ?? row.flags.contains(.degenerate), "\(row)")
        }
        // A classifier wins half of the pairs and each row meets its copy, which relabelled rows may
        // fall short of.
        let isTold = ["classifier_auc", "js", "knn_divergence"].contains(row.metric)
        if let p = row.p { #expect(isTold ? p > 0.05 : p == 1, "\(row)") }
        switch row.metric {
        case "classifier_auc": #expect(row.value == 0.5)
        case "js": #expect(row.value == 0)
        case "hull_kept", "hull_jaccard", "precision", "recall", "density", "coverage":
          #expect(row.value == 1)
        case "hull_lost", "hull_gained": #expect(row.value == 0)
        default: break
        }
      }
    }
  }

  @Test func threadsDoNotChangeAnyNumber() {
    var study = SimulatedStudy()
    study.scales = [1, 0.7, 1.2]
    study.prompts = 60
    #expect(study.run(threads: 1) == study.run(threads: 3))
  }

  @Test func aContractionIsFound() throws {
    var study = SimulatedStudy()
    study.scales = [1, 0.5]
    study.prompts = 40
    let result = study.run()
    for row in result.measurements
    where row.isPrimary && !row.reference.isEmpty && row.metric != "coverage" {
      let effect = try #require(row.effect)
      let interval = try #require(row.interval)
      let truth = 2 * Elementary.log(0.5)
      #expect(interval.high < 0)
      if row.metric != "rke" {
        #expect(abs(effect - truth) < 0.3, "\(row.metric) in \(row.space): \(effect)")
      }
      #expect(try #require(row.p) <= 0.01)
    }
    #expect(
      result.measurements.filter { $0.isPrimary && !$0.reference.isEmpty }.map(\.metric)
        == ["dispersion", "rke", "coverage", "hull_area"])
  }
}
