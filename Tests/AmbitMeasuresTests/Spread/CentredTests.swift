import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// The rows of variant `centred`.
@Suite struct CentredTests {
  private let workers = Workers(threadCount: 2)

  private func isCentred(_ row: Measurement) -> Bool { row.variant.hasSuffix("centred") }

  /// Centred by hand and measured plainly, values and effects are the same.
  @Test func rowsAreThoseOfCentredVectors() throws {
    var study = SimulatedStudy()
    study.scales = [1, 0.6, 0.9]
    study.shift = 0.4
    let settings = InferenceSettings(resamples: 200, permutations: 1999)
    let rows = study.rows.map { matrix in
      // Away from the origin, so that centring matters.
      Matrix(
        rowCount: matrix.rowCount, columnCount: matrix.columnCount,
        values: matrix.values.map { $0 + 3 })
    }
    let means = rows.map { $0.columnMeans() }
    let centred = rows.map { matrix in
      var result = matrix
      for row in 0..<matrix.rowCount {
        for column in 0..<matrix.columnCount {
          let mean = means.reduce(0) { $0 + $1[column] } / 3
          result[row, column] = Float(Double(matrix[row, column]) - mean)
        }
      }
      return CosineKernel.unitRows(result)
    }
    func run(_ rows: [Matrix]) -> MeasureSuite.Result {
      MeasureSuite.standard.run(
        design: study.design, spaces: [MeasuredSpace(id: "embedding", coordinates: rows)],
        settings: settings, workers: workers)
    }
    let (found, byHand) = (run(rows), run(centred))
    let marked = found.measurements.filter(isCentred)
    #expect(
      Set(marked.map(\.metric)) == [
        "rke", "vendi", "mean_cosine_distance", "energy_distance",
      ])
    for row in marked {
      let plain = row.variant == "centred" ? "" : String(row.variant.dropLast("_centred".count))
      let other = try #require(
        byHand.measurements.first {
          $0.metric == row.metric && $0.scope == row.scope && $0.variant == plain
            && $0.checkpoint == row.checkpoint && $0.reference == row.reference
        })
      let value = try #require(row.value)
      #expect(abs(value - (try #require(other.value))) < 1e-5 * max(1, value), "\(row)")
      #expect(row.nullBand?.low.rounded() == other.nullBand?.low.rounded())
      if let effect = row.effect {
        #expect(abs(effect - (try #require(other.effect))) < 1e-5, "\(row)")
      }
      #expect(!row.isPrimary)
      if row.scope != .within, row.p != nil {
        #expect(row.flags == [.fewerPermutations(199)], "\(row)")
      }
    }
    let prompts = found.promptMeasurements.filter { $0.variant.hasSuffix("centred") }
    #expect(Set(prompts.map(\.variant)) == ["centred", "q1_centred", "q2_centred", "qinf_centred"])
    #expect(prompts.count == 5 * 3 * study.prompts)
  }

  /// A direction that all outputs share hides kinds from `rke`; centring shows them.
  @Test func aSharedDirectionIsTakenAway() throws {
    var study = SimulatedStudy()
    study.prompts = 40
    study.samples = 1
    let rows = study.rows.map { matrix in
      Matrix(
        rowCount: matrix.rowCount, columnCount: matrix.columnCount,
        values: matrix.values.map { $0 + 10 })
    }
    let found = MeasureSuite.standard.run(
      design: study.design, spaces: [MeasuredSpace(id: "embedding", coordinates: rows)],
      settings: InferenceSettings(resamples: 100, permutations: 99), workers: workers
    ).measurements.filter { $0.metric == "rke" && $0.scope == .pooled && $0.reference.isEmpty }
    #expect(found.map(\.variant) == ["", "centred"])
    #expect(try #require(found[0].value) < 1.2)
    #expect(abs(try #require(found[1].value) - 8) < 1.5)
  }
}
