#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Memory in pages of two megabytes, where the system has them: a gigabyte is then taken in tenths of the
/// time.
enum LargePages {
  private static let size = 1 << 21

  /// Asks for large pages for what lies in a new buffer. A hint: nothing depends on it.
  static func prefer(for buffer: UnsafeMutableBufferPointer<Float>) {
    #if os(Linux)
    guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
    let end = start + buffer.count * MemoryLayout<Float>.stride
    let first = start.alignedUp(toMultipleOf: size)
    let length = (end - first) / size * size
    if length > 0 { _ = madvise(first, length, MADV_HUGEPAGE) }
    #endif
  }
}
