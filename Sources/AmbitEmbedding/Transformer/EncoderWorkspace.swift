import AmbitMatrix
internal import Synchronization

/// The memory in which one thread runs one group of texts through the encoder, again and again.
final class EncoderWorkspace: Sendable {
  /// The most rows of a product with weights: whole tiles, and few enough for the caches.
  static let blockRows = 44 * PanelProducts.tileRows

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
  /// Keys and values of one head and one text, packed.
  let keys: FloatBuffer
  let values: FloatBuffer
  /// Scores of a few queries, and what they found.
  let scores: FloatBuffer
  let found: FloatBuffer

  init(_ configuration: EncoderConfiguration, capacity: Int, longest: Int) {
    let blocks = (capacity + Self.blockRows - 1) / Self.blockRows
    let rows = blocks * Self.blockRows
    self.capacity = capacity
    hidden = FloatBuffer(zeros: rows * configuration.width)
    projections = FloatBuffer(zeros: rows * 3 * configuration.width)
    context = FloatBuffer(zeros: rows * configuration.width)
    sums = FloatBuffer(zeros: Self.blockRows * configuration.width)
    inner = FloatBuffer(zeros: Self.blockRows * configuration.innerWidth)
    let headWidth = configuration.headWidth
    keys = FloatBuffer(zeros: headWidth * Self.padded(longest))
    values = FloatBuffer(zeros: longest * Self.padded(headWidth))
    scores = FloatBuffer(zeros: PanelProducts.tileRows * Self.padded(longest))
    found = FloatBuffer(zeros: PanelProducts.tileRows * Self.padded(headWidth))
  }

  /// `count` rounded up to whole panels.
  static func padded(_ count: Int) -> Int {
    PanelProducts.panelCount(columns: count) * PanelProducts.panelWidth
  }
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
