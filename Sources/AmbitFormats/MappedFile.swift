#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The bytes of a file, mapped into memory and read only as they are touched.
///
/// The file must not be cut short while it is mapped: reading a page that is gone ends the process.
package final class MappedFile: Sendable {
  /// The path as given.
  package let path: String
  // Read-only for its whole life, so threads may share it.
  nonisolated(unsafe) package let bytes: UnsafeRawBufferPointer

  /// Maps `path`. Throws `InputError` (`missing`, `unreadable`, `empty`).
  package init(path: String) throws(InputError) {
    self.path = path
    switch System.kind(of: path) {
    case nil:
      throw InputError(.missing, path: path, "no such file", hint: "check the path")
    case .file: break
    default: throw InputError(.unreadable, path: path, "expected a file", hint: "check the path")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputError(
        .unreadable, path: path, "cannot be opened: \(System.lastError)",
        hint: "check the permissions of the file")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw InputError(.unreadable, path: path, "cannot be read: \(System.lastError)")
    }
    let count = Int(status.st_size)
    guard count > 0 else { throw InputError(.empty, path: path, "the file is empty") }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else {
      throw InputError(.unreadable, path: path, "cannot be mapped: \(System.lastError)")
    }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count) }
}
