internal import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// One input read whole into memory: a file or standard input, unpacked where it is gzip'd or zstd'd.
public struct InputFile: Sendable {
  /// The path as given; `-` for standard input.
  public let path: String
  /// The contents, unpacked.
  public let contents: InputBytes
  /// Whether the input was gzip'd or zstd'd.
  public let wasCompressed: Bool
  /// SHA-256 of the bytes as they lie on the disk, in hexadecimal.
  public let sha256: String

  /// How large unpacked data may grow before it is taken for a bomb: 16 GiB.
  public static let unpackedLimit = 16 << 30

  /// Reads `path` (`-` is standard input).
  ///
  /// Throws `InputError`: `missing` (with the nearest names in the folder as hint), `unreadable` (also
  /// for a folder, and for a file that changes while it is read), `empty`, `malformed` (broken gzip or zstd), `tooLarge` (unpacked beyond `unpackedLimit`),
  /// `selection` (standard input a second time in this process).
  public init(path: String, unpackedLimit: Int = InputFile.unpackedLimit) throws {
    try self.init(
      path: path, packed: Self.readBytes(path), unpackedLimit: unpackedLimit)
  }

  /// Takes bytes that are already in memory for the contents of `path`.
  public init(
    path: String, packed: consuming [UInt8], unpackedLimit: Int = InputFile.unpackedLimit
  ) throws {
    self.path = path
    sha256 = SHA256.hexadecimal(of: packed)
    let isGzip = Gzip.isCompressed(packed)
    wasCompressed = isGzip || Zstd.isCompressed(packed)
    if wasCompressed {
      do {
        contents = InputBytes(
          owning: isGzip
            ? try Gzip.decompress(packed, limit: unpackedLimit)
            : try Zstd.decompress(packed, limit: unpackedLimit))
      } catch let error as InputError {
        throw error.located(path: path)
      }
    } else {
      contents = InputBytes(owning: packed)
    }
    guard contents.count > contents.startAfterByteOrderMark else {
      throw InputError(.empty, path: path, "the file is empty")
    }
  }

  private static let standardInputIsTaken = Atomic(false)

  private static func readBytes(_ path: String) throws -> [UInt8] {
    if path == "-" {
      // A second reading would find nothing and say so in words that puzzle.
      guard standardInputIsTaken.exchange(true, ordering: .relaxed) == false else {
        throw InputError(
          .selection, "standard input (`-`) is given twice", hint: "it can be read only once")
      }
      guard let bytes = System.readAll(STDIN_FILENO) else {
        throw InputError(
          .unreadable, path: "standard input", "cannot be read: \(System.lastError)")
      }
      guard !bytes.isEmpty else {
        throw InputError(.empty, path: "standard input", "nothing came in")
      }
      return bytes
    }
    switch System.kind(of: path) {
    case nil:
      let near = NearestNames.hint(
        for: PathText.lastComponent(path),
        among: System.names(inFolder: PathText.folder(path)))
      throw InputError(
        .missing, path: path, "no such file",
        hint: near ?? "check the path; it is taken relative to the current folder")
    case .folder:
      throw InputError(
        .unreadable, path: path, "expected a file, found a folder",
        hint: "name a file in it, or give the folder without a name for one checkpoint per file")
    default: break
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputError(
        .unreadable, path: path, "cannot be opened: \(System.lastError)",
        hint: "check the permissions of the file")
    }
    defer { close(descriptor) }
    let before = System.stamp(of: descriptor)
    guard let bytes = System.readAll(descriptor) else {
      throw InputError(.unreadable, path: path, "cannot be read: \(System.lastError)")
    }
    // What was read of a file that someone is writing is a part of what it will be.
    guard before == nil || System.stamp(of: descriptor) == before else {
      throw InputError(
        .unreadable, path: path, "the file changed while it was read",
        hint: "try again when whatever writes it has finished")
    }
    return bytes
  }
}

extension InputBytes {
  /// The contents of a small file, such as a study file; `-` is standard input. Throws as `InputFile`.
  public static func read(path: String) throws -> ArraySlice<UInt8> {
    try InputFile(path: path).contents.bytes
  }
}
