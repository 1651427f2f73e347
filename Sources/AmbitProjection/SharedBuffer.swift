#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Memory that several threads write at once, each its own part.
///
/// The only holder of unchecked shared memory in this module. Whoever hands it to `Workers` gives
/// each block a range of its own to write, and reads what others wrote only after all are done. Large
/// memory is mapped, so that it goes back to the system at once: the allocator would keep it, and
/// what it keeps counts where rows are many.
final class SharedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The first element; 64-byte aligned.
  let pointer: UnsafeMutablePointer<Element>
  let count: Int

  private let mappedBytes: Int

  private static var leastMappedBytes: Int { 8 << 20 }

  init(repeating value: Element, count: Int) {
    self.count = count
    let size = max(64, count * MemoryLayout<Element>.stride)
    var bytes: UnsafeMutableRawPointer?
    if size >= Self.leastMappedBytes {
      bytes = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      if bytes == MAP_FAILED { bytes = nil }
    }
    mappedBytes = bytes == nil ? 0 : size
    let memory = bytes ?? UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    pointer = memory.bindMemory(to: Element.self, capacity: max(1, count))
    pointer.initialize(repeating: value, count: count)
  }

  deinit {
    if mappedBytes > 0 {
      munmap(pointer, mappedBytes)
    } else {
      UnsafeMutableRawPointer(pointer).deallocate()
    }
  }

  /// A copy of the elements.
  var array: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  func fill(_ value: Element) { pointer.update(repeating: value, count: count) }
}
