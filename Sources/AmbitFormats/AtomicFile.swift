#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes files that are there whole or not at all.
public enum AtomicFile {
  /// Writes `bytes` to a hidden temporary name in the same folder, flushes it to the disk and renames it to
  /// `path`, replacing what was there. Missing folders are made.
  ///
  /// Leaves nothing behind on failure. Throws `InputError.unwritable`.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    var files = AtomicFileSet()
    try files.add(bytes, at: path)
    try files.commit()
  }

  /// Makes a folder and those above it. Throws `InputError.unwritable`, also where a file is in the way.
  public static func makeFolder(_ path: String) throws {
    if System.kind(of: path) == .folder { return }
    let parent = PathText.folder(path)
    if parent != path, parent != "." { try makeFolder(parent) }
    guard mkdir(path, 0o777) == 0 || System.kind(of: path) == .folder else {
      throw unwritable(path, "the folder cannot be made: \(System.lastError)")
    }
  }

  static func unwritable(_ path: String, _ message: String) -> InputError {
    InputError(
      .unwritable, path: path, message,
      hint: "choose another place with --out, or check permissions"
    )
  }

  /// Writes to a temporary name beside `path` and returns it.
  static func stage(_ bytes: some Collection<UInt8>, for path: String) throws -> String {
    try stage(for: path) { write in try write(bytes as? [UInt8] ?? Array(bytes)) }
  }

  /// The same of bytes that come in parts, each given to the function that `body` gets.
  static func stage(
    for path: String, _ body: (([UInt8]) throws -> Void) throws -> Void
  ) throws -> String {
    let folder = PathText.folder(path)
    try makeFolder(folder)
    if System.kind(of: path) == .folder {
      throw unwritable(path, "a folder of that name is in the way")
    }
    let temporary = PathText.join(
      folder, TemporaryFiles.name(for: PathText.lastComponent(path)))
    TemporaryFiles.register(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let reason = System.lastError
      TemporaryFiles.forget(temporary)
      throw unwritable(path, "cannot be written: \(reason)")
    }
    var isOpen = true
    do {
      try body { part in
        guard part.withUnsafeBufferPointer({ System.writeAll($0, to: descriptor) }) else {
          throw unwritable(path, "cannot be written: \(System.lastError)")
        }
      }
      let isFlushed = fsync(descriptor) == 0
      let reason = System.lastError
      close(descriptor)
      isOpen = false
      guard isFlushed else { throw unwritable(path, "cannot be written: \(reason)") }
    } catch {
      if isOpen { close(descriptor) }
      unlink(temporary)
      TemporaryFiles.forget(temporary)
      throw error
    }
    return temporary
  }
}
