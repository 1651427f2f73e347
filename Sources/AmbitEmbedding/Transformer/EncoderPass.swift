import AmbitFormats
import AmbitMatrix

/// One group of texts on its way through an encoder (Devlin et al. 2019; sums are normalized after
/// each half of a layer).
struct EncoderPass {
  typealias Linear = EncoderWeights.Linear

  let weights: EncoderWeights
  let workspace: EncoderWorkspace
  /// How many tokens each text has, in the order in which they lie.
  let lengths: [Int]
  private let width: Int
  private let blockCount: Int

  init(weights: EncoderWeights, workspace: EncoderWorkspace, lengths: [Int]) {
    self.weights = weights
    self.workspace = workspace
    self.lengths = lengths
    width = weights.configuration.width
    let tokenCount = lengths.reduce(0, +)
    precondition(tokenCount <= workspace.capacity, "more tokens than room")
    blockCount = (tokenCount + EncoderWorkspace.blockRows - 1) / EncoderWorkspace.blockRows
  }

  /// Replaces the workspace's hidden rows by the last layer's vectors of the tokens `ids`.
  func run(_ ids: UnsafePointer<Int32>) {
    embed(ids)
    for layer in weights.layers {
      project(layer)
      forEachSequence { attend(start: $0, length: $1) }
      for block in 0..<blockCount { feedForward(block, layer) }
    }
  }

  /// Calls `body` with the first row and the length of each text.
  func forEachSequence(_ body: (_ start: Int, _ length: Int) -> Void) {
    var start = 0
    for length in lengths {
      body(start, length)
      start += length
    }
  }

  private func embed(_ ids: UnsafePointer<Int32>) {
    let norm = weights.embeddingNorm
    forEachSequence { start, length in
      for place in 0..<length {
        let row = workspace.hidden.start + (start + place) * width
        weights.tokens.read(row: Int(ids[start + place]), into: row)
        RowKernels.accumulate(weights.positions.start + place * width, count: width, into: row)
        normalize(row, norm, into: row)
      }
    }
    // Rows behind the last token only fill the block; zeros keep what stood there from growing.
    let used = lengths.reduce(0, +) * width
    let filled = blockCount * EncoderWorkspace.blockRows * width
    (workspace.hidden.start + used).update(repeating: 0, count: filled - used)
    (workspace.context.start + used).update(repeating: 0, count: filled - used)
  }

  private func project(_ layer: EncoderWeights.Layer) {
    let rows = EncoderWorkspace.blockRows
    for block in 0..<blockCount {
      let target = workspace.projections.start + block * rows * 3 * width
      for row in 0..<rows {
        (target + row * 3 * width).update(from: layer.projections.bias.start, count: 3 * width)
      }
      add(workspace.hidden.start + block * rows * width, times: layer.projections, to: target)
    }
  }

  private func feedForward(_ block: Int, _ layer: EncoderWeights.Layer) {
    let rows = EncoderWorkspace.blockRows
    let hidden = workspace.hidden.start + block * rows * width
    let context = workspace.context.start + block * rows * width
    let sums = workspace.sums.start
    let inner = workspace.inner.start

    addToResidual(hidden, context, times: layer.attentionOutput)
    for row in 0..<rows {
      normalize(sums + row * width, layer.attentionNorm, into: hidden + row * width)
    }
    for row in 0..<rows {
      (inner + row * layer.inner.outputs).update(
        from: layer.inner.bias.start, count: layer.inner.outputs)
    }
    add(hidden, times: layer.inner, to: inner)
    weights.configuration.activation.apply(to: inner, count: rows * layer.inner.outputs)
    addToResidual(hidden, inner, times: layer.output)
    for row in 0..<rows {
      normalize(sums + row * width, layer.outputNorm, into: hidden + row * width)
    }
  }

  /// `sums = residual + bias + x Wᵀ` for one block.
  private func addToResidual(
    _ residual: UnsafePointer<Float>, _ x: UnsafePointer<Float>, times linear: Linear
  ) {
    for row in 0..<EncoderWorkspace.blockRows {
      RowKernels.add(
        residual + row * width, linear.bias.start, count: width,
        into: workspace.sums.start + row * width)
    }
    add(x, times: linear, to: workspace.sums.start)
  }

  /// `target += x Wᵀ` for one block of rows.
  private func add(
    _ x: UnsafePointer<Float>, times linear: Linear, to target: UnsafeMutablePointer<Float>
  ) {
    BufferProducts.multiply(
      .init(x, stride: linear.inputs),
      byTransposeOf: .init(linear.weights.start, stride: linear.inputs),
      rows: EncoderWorkspace.blockRows, inner: linear.inputs, columns: linear.outputs,
      into: target, stride: linear.outputs, keep: 1)
  }

  private func normalize(
    _ source: UnsafePointer<Float>, _ norm: EncoderWeights.Norm,
    into target: UnsafeMutablePointer<Float>
  ) {
    RowKernels.normalize(
      source, count: width, scale: norm.scale.start, offset: norm.offset.start,
      epsilon: weights.configuration.epsilon, into: target)
  }
}
