#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The few calls to the operating system that reading and writing files need, with their errors as text.
package enum System {
  /// What lies at a path.
  package enum Kind: Sendable { case file, folder, other }

  /// What lies at `path`, links followed; nil where nothing does.
  package static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// The size of a file in bytes; nil where it is not there.
  package static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// When a file was written or touched, in nanoseconds since 1970; 0 where it is not there.
  package static func modified(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? written(status) : 0
  }

  /// The size of an open file and when it was written last, in nanoseconds since 1970; nil for pipes and
  /// devices.
  package static func stamp(of descriptor: CInt) -> [Int]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [Int(status.st_size), written(status)]
  }

  private static func written(_ status: stat) -> Int {
    #if canImport(Darwin)
    let time = status.st_mtimespec
    #else
    let time = status.st_mtim
    #endif
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  /// Removes a file; whether it is gone.
  @discardableResult
  package static func remove(_ path: String) -> Bool { unlink(path) == 0 || errno == ENOENT }

  /// The names in a folder, without `.` and `..`, in byte order; empty where it cannot be read.
  package static func names(inFolder path: String) -> [String] { listing(ofFolder: path) ?? [] }

  /// As `names(inFolder:)`, but nil where the folder cannot be opened; `lastError` says why.
  package static func listing(ofFolder path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The last error in words.
  package static var lastError: String { String(cString: strerror(errno)) }

  /// Everything that the open file `descriptor` still gives; nil on an error.
  package static func readAll(_ descriptor: CInt) -> [UInt8]? {
    var status = stat()
    let expected = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected + InputBytes.padding + 1)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { block.deallocate() }
    while true {
      let count = read(descriptor, block.baseAddress, block.count)
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[0..<count])
    }
  }

  /// Writes all bytes to the open file `descriptor`; false on an error.
  package static func writeAll(
    _ bytes: UnsafeBufferPointer<UInt8>, to descriptor: CInt
  ) -> Bool {
    var position = 0
    while position < bytes.count {
      let count = write(descriptor, bytes.baseAddress! + position, bytes.count - position)
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      position += count
    }
    return true
  }
}

/// The parts of a path by its slashes.
package enum PathText {
  /// The last part, without slashes at its end.
  package static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// What stands before the last part: `.` where nothing does.
  package static func folder(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `name` in `folder`.
  package static func join(_ folder: String, _ name: String) -> String {
    if folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
