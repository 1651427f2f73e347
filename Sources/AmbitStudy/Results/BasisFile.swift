import AmbitFormats
import AmbitProjection

/// `basis.npz`: per plane the arrays `<space>/mean` (d) and `<space>/components` (2 × d).
struct BasisFile {
  let path: String
  /// SHA-256 of the file.
  let sha256: String
  private let archive: NPZArchive

  /// Opens the file that `choice` names; nil where it names none.
  /// - Throws: `InputError` for a file that is missing or no NPZ archive.
  init?(choice: BasisChoice) throws {
    guard case .file(let path) = choice else { return nil }
    self.path = path
    let file = try InputFile(path: path)
    sha256 = file.sha256
    do {
      archive = try NPZArchive(bytes: Array(file.contents.bytes))
    } catch {
      throw InputError(
        .malformed, path: path, error.message, hint: "give the basis.npz of an earlier run")
    }
  }

  /// The plane of that name; nil where the file has none.
  /// - Throws: `InputError` for arrays that are no basis.
  func basis(of space: String) throws -> Basis? {
    guard archive.names.contains("\(space)/mean") else { return nil }
    do {
      let mean = try archive.array(named: "\(space)/mean")
      let components = try archive.array(named: "\(space)/components")
      guard components.shape.count == 2, components.rowCount == 2 else {
        throw InputError(
          .malformed, path: path, field: "\(space)/components",
          "expected two directions (2 × d), found an array of shape \(components.shape)",
          hint: "give the basis.npz of an earlier run")
      }
      let rows = (0..<components.rowCount).map {
        Array(components.doubles[$0 * components.columnCount..<($0 + 1) * components.columnCount])
      }
      return try Basis(space: space, mean: mean.doubles, components: rows)
    } catch let error as ProjectionError {
      throw InputError(.malformed, path: path, field: space, error.message, hint: error.hint)
    } catch let error as NPYError {
      throw InputError(.malformed, path: path, field: space, error.message, hint: error.hint)
    }
  }

  /// The bytes of a file that holds `bases`.
  static func bytes(of bases: [Basis]) -> [UInt8] {
    NPZArchive.encoded(
      bases.flatMap { basis -> [(name: String, array: NPYArray)] in
        [
          ("\(basis.space)/mean", NPYArray(shape: [basis.width], doubles: basis.mean)),
          (
            "\(basis.space)/components",
            NPYArray(
              shape: [basis.componentCount, basis.width], doubles: basis.components.flatMap { $0 })
          ),
        ]
      })
  }
}
