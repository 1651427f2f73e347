import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection

/// Vectors to the map of neighbours that a user asked for.
enum MapStage {
  /// Nil where the projection is linear.
  ///
  /// - Throws: `InputError` for vectors that are not finite, `Refusal` for fewer than four outputs.
  static func run(
    _ embedded: EmbeddedCorpus, settings: StudySettings,
    progress: @escaping @Sendable (StudyProgress) -> Void
  ) throws -> StudyMap? {
    guard settings.map.method != .pca else { return nil }
    let all = Matrix.stacked(embedded.matrices)
    var bounds: [Range<Int>] = []
    for matrix in embedded.matrices {
      let start = bounds.last?.upperBound ?? 0
      bounds.append(start..<start + matrix.rowCount)
    }
    let workers = settings.workers
    let seed = settings.inference.seed
    do {
      let map = try settings.map.map(
        of: all, seed: seed, workers: workers
      ) { progress(StudyProgress($0)) }
      let quality = try MapQuality(of: map.coordinates, rows: all, seed: seed, workers: workers)
      var radii: [[Double]] = []
      if settings.mapColour == .radius {
        let whole = try LocalRadii(of: all, perplexity: map.perplexities[0], workers: workers)
        radii = bounds.map { Array(whole.values[$0]) }
      }
      return StudyMap(
        settings: settings.map, map: map,
        coordinates: bounds.map { map.coordinates.rows(Array($0)) }, quality: quality,
        bounds: bounds, radii: radii)
    } catch {
      if case .tooFewRows = error.reason { throw Refusal(error.message, hint: error.hint) }
      throw InputError(.unmatched, error.message, hint: error.hint)
    }
  }
}
