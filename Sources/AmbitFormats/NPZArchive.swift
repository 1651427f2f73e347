/// Several named arrays in one file: NumPy's `.npz`, a ZIP whose members are `.npy` files.
///
/// Reading is lazy: the directory at once, an array when it is asked for.
public struct NPZArchive: Sendable {
  private let archive: ZipArchive

  /// Whether `bytes` begin as a `.npz` file does, which is as any ZIP file does.
  public static func matches(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4b, 0x05, 0x06])
  }

  /// Reads the directory of a `.npz` file.
  ///
  /// - Throws: `NPYError` for another format, a cut or inconsistent directory, and ZIP64.
  public init(bytes: [UInt8]) throws(NPYError) {
    guard Self.matches(bytes) else {
      throw NPYError(
        "not an NPZ archive: the file does not begin as a ZIP file does",
        hint: "write arrays with np.savez(path, name=array)")
    }
    archive = try ZipArchive(bytes: bytes)
  }

  /// The names of the arrays, in file order, without the suffix `.npy`. Other members are left out.
  public var names: [String] {
    archive.members.filter { $0.name.hasSuffix(".npy") }.map { String($0.name.dropLast(4)) }
  }

  /// The array called `name`.
  ///
  /// - Throws: `NPYError` that lists the names where there is none of that name, else as `NPYArray`.
  public func array(named name: String) throws(NPYError) -> NPYArray {
    guard let member = archive.members.first(where: { $0.name == name + ".npy" }) else {
      throw NPYError(
        "the archive has no array \"\(name)\"",
        hint: names.isEmpty ? "it has no arrays at all" : "it has: \(Self.list(names))")
    }
    do {
      return try NPYArray(bytes: try archive.contents(of: member))
    } catch {
      throw NPYError("array \"\(name)\": \(error.message)", hint: error.hint)
    }
  }

  /// The one two-dimensional array of the archive; others, such as ids, may stand beside it.
  ///
  /// - Throws: `NPYError` where there is none or more than one. An array that is no numeric matrix,
  ///   such as one of strings, is passed over unless there is no other.
  public func onlyMatrix() throws(NPYError) -> (name: String, array: NPYArray) {
    var matrices: [(name: String, array: NPYArray)] = []
    var failure: NPYError?
    for name in names {
      do {
        let array = try array(named: name)
        if array.shape.count == 2 { matrices.append((name, array)) }
      } catch {
        failure = failure ?? error
      }
    }
    if matrices.count == 1 { return matrices[0] }
    if matrices.isEmpty, let failure { throw failure }
    throw NPYError(
      matrices.isEmpty
        ? "the archive has no two-dimensional array"
        : "the archive has several matrices: \(Self.list(matrices.map(\.name)))",
      hint: "save the vectors alone: np.save(path, array)")
  }

  /// The bytes of an archive of stored arrays with fixed dates: the same arrays give the same bytes.
  ///
  /// Names are distinct; all arrays together stay below 4 GB.
  public static func encoded(_ arrays: [(name: String, array: NPYArray)]) -> [UInt8] {
    precondition(Set(arrays.map(\.name)).count == arrays.count, "names are distinct")
    return ZipArchive.encoded(arrays.map { ($0.name + ".npy", $0.array.encoded()) })
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }
}
