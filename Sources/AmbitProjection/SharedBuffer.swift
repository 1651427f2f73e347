/// Memory that several threads write at once, each its own part.
///
/// The only holder of unchecked shared memory in this module. Whoever hands it to `Workers` gives
/// each block a range of its own to write, and reads what others wrote only after all are done.
final class SharedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The first element; 64-byte aligned.
  let pointer: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(64, count * MemoryLayout<Element>.stride), alignment: 64)
    pointer = bytes.bindMemory(to: Element.self, capacity: max(1, count))
    pointer.initialize(repeating: value, count: count)
  }

  deinit { UnsafeMutableRawPointer(pointer).deallocate() }

  /// A copy of the elements.
  var array: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  func fill(_ value: Element) { pointer.update(repeating: value, count: count) }
}
