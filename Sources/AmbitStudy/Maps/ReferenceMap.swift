import AmbitFormats
import AmbitMatrix
import AmbitProjection

/// A finished map in a file, so that later rows can be placed into it: an NPZ archive.
///
/// Of a linear map the arrays `pca2/mean` and `pca2/components`, as `basis.npz` has them; of a map of
/// neighbours the rows it was made of (`rows`), their places (`<space>/map`) and `<space>/perplexity`.
enum ReferenceMap {
  case linear(Basis)
  case neighbours(space: String, rows: Matrix, map: Matrix, perplexity: Double)

  /// Reads a file. Throws `InputError` for one that holds no such map.
  init(path: String) throws {
    if let basis = try BasisFile(choice: .file(path))?.basis(of: MapMethod.pca.space) {
      self = .linear(basis)
      return
    }
    let file = try InputFile(path: path)
    do {
      let archive = try NPZArchive(bytes: Array(file.contents.bytes))
      for method in MapMethod.allCases where archive.names.contains("\(method.space)/map") {
        let rows = try Self.matrix(archive.array(named: "rows"), field: "rows")
        let map = try Self.matrix(
          archive.array(named: "\(method.space)/map"), field: "\(method.space)/map")
        let perplexity = try archive.array(named: "\(method.space)/perplexity").doubles.first
        self = .neighbours(space: method.space, rows: rows, map: map, perplexity: perplexity ?? 30)
        return
      }
    } catch let error as NPYError {
      throw InputError(.malformed, path: path, error.message, hint: error.hint)
    } catch let error as InputError {
      throw error.located(path: path)
    }
    throw InputError(
      .missingField, path: path, "the archive holds no map",
      hint: "give a file that `ambit project --save-map` wrote")
  }

  private static func matrix(_ array: NPYArray, field: String) throws -> Matrix {
    guard array.shape.count == 2 else {
      throw InputError(
        .malformed, field: field, "expected a matrix, found an array of shape \(array.shape)",
        hint: "give a file that `ambit project --save-map` wrote")
    }
    return Matrix(
      rowCount: array.rowCount, columnCount: array.columnCount, values: array.floats)
  }

  /// Where `rows` lie in this map.
  func coordinates(of rows: Matrix, workers: Workers) throws(ProjectionError) -> Matrix {
    switch self {
    case .linear(let basis): return try basis.coordinates(of: rows, workers: workers)
    case .neighbours(_, let mapped, let map, let perplexity):
      return try MapTransform(rows: mapped, map: map, perplexity: min(perplexity, 5))
        .coordinates(of: rows, workers: workers)
    }
  }

  /// The bytes of a file that holds this map.
  var bytes: [UInt8] {
    switch self {
    case .linear(let basis):
      return BasisFile.bytes(of: [basis])
    case .neighbours(let space, let rows, let map, let perplexity):
      return NPZArchive.encoded([
        ("rows", NPYArray(shape: [rows.rowCount, rows.columnCount], floats: rows.values)),
        ("\(space)/map", NPYArray(shape: [map.rowCount, 2], floats: map.values)),
        ("\(space)/perplexity", NPYArray(shape: [1], doubles: [perplexity])),
      ])
    }
  }
}
