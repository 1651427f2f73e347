/// Numbers at a fixed place in memory, aligned for vector loads: weights, and room to work in.
///
/// Unchecked, because who writes is a matter of phases, not of types: weights are written before they
/// are shared, a workspace has one user at a time, and result rows have one writer each.
final class FloatBuffer: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  /// `count` zeros.
  init(zeros count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    start = bytes.bindMemory(to: Float.self, capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  /// A copy of `values`.
  convenience init(_ values: [Float]) {
    self.init(zeros: values.count)
    values.withUnsafeBufferPointer { numbers in
      if let first = numbers.baseAddress { start.update(from: first, count: count) }
    }
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}
