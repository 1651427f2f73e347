#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Several files that come into their places together: all are written to temporary names first and
/// renamed at the end, so that a run that fails on the way changes nothing.
///
/// The renames are one after the other: each file is whole at every moment, the set is not (no file system
/// renames several files at once).
public struct AtomicFileSet: ~Copyable {
  private var staged: [(temporary: String, path: String)] = []

  /// An empty set.
  public init() {}

  /// The paths in the set, in the order added.
  public var paths: [String] { staged.map(\.path) }

  /// Writes `bytes` for `path` under a temporary name in the same folder; missing folders are made.
  /// Throws `InputError.unwritable`; the files added before stay staged.
  public mutating func add(_ bytes: some Collection<UInt8>, at path: String) throws {
    staged.append((try AtomicFile.stage(bytes, for: path), path))
  }

  /// The same of bytes that come in parts: `body` gives one after the other to the function it gets. What
  /// it throws is thrown on, and nothing of the file stays.
  public mutating func add(
    at path: String, parts body: (_ write: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    staged.append((try AtomicFile.stage(for: path, body), path))
  }

  /// Renames all files to their places. Throws `InputError.unwritable`; files not yet renamed are removed.
  public mutating func commit() throws {
    while let file = staged.first {
      guard rename(file.temporary, file.path) == 0 else {
        let reason = System.lastError
        discard()
        throw AtomicFile.unwritable(file.path, "cannot be put in place: \(reason)")
      }
      TemporaryFiles.forget(file.temporary)
      staged.removeFirst()
    }
  }

  /// Removes all temporary files.
  public mutating func discard() {
    for file in staged {
      unlink(file.temporary)
      TemporaryFiles.forget(file.temporary)
    }
    staged = []
  }

  deinit {
    for file in staged {
      unlink(file.temporary)
      TemporaryFiles.forget(file.temporary)
    }
  }
}
