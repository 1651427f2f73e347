internal import Synchronization

/// The memory in which one thread runs one group of texts through the encoder, again and again.
final class EncoderWorkspace: Sendable {
  /// Every product with weights has this many rows, the last ones zero or left over. OpenBLAS picks
  /// its kernel by shape, so with one shape a text's numbers cannot depend on its company.
  static let blockRows = 64

  /// The most tokens of a group.
  let capacity: Int
  /// The current vector of each token.
  let hidden: FloatBuffer
  /// Queries, keys and values of each token, side by side.
  let projections: FloatBuffer
  /// What the heads found for each token.
  let context: FloatBuffer
  /// One block of rows before its normalization, and one of inner feed-forward rows.
  let sums: FloatBuffer
  let inner: FloatBuffer
  /// Attention scores of one head and one text.
  let scores: FloatBuffer

  init(_ configuration: EncoderConfiguration, capacity: Int, longest: Int) {
    let blocks = (capacity + Self.blockRows - 1) / Self.blockRows
    let rows = blocks * Self.blockRows
    self.capacity = capacity
    hidden = FloatBuffer(zeros: rows * configuration.width)
    projections = FloatBuffer(zeros: rows * 3 * configuration.width)
    context = FloatBuffer(zeros: rows * configuration.width)
    sums = FloatBuffer(zeros: Self.blockRows * configuration.width)
    inner = FloatBuffer(zeros: Self.blockRows * configuration.innerWidth)
    scores = FloatBuffer(zeros: longest * Self.scoreStride(longest))
  }

  /// Numbers from one row of scores to the next: whole vectors, so that a row's end can be padded.
  static func scoreStride(_ length: Int) -> Int { (length + 15) & ~15 }
}

/// Workspaces that wait for their next use; as many as threads came at once.
final class EncoderWorkspaces: Sendable {
  private let waiting = Mutex<[EncoderWorkspace]>([])
  private let make: @Sendable () -> EncoderWorkspace

  init(_ make: @escaping @Sendable () -> EncoderWorkspace) { self.make = make }

  func with(_ body: (EncoderWorkspace) -> Void) {
    let workspace = waiting.withLock { $0.popLast() } ?? make()
    body(workspace)
    waiting.withLock { $0.append(workspace) }
  }
}
