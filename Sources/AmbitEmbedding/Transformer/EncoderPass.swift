import AmbitFormats
import AmbitMatrix

/// One group of texts on its way through an encoder (Devlin et al. 2019; sums are normalized after
/// each half of a layer).
struct EncoderPass {
  let weights: EncoderWeights
  let workspace: EncoderWorkspace
  /// How many tokens each text has, in the order in which they lie.
  let lengths: [Int]
  private let width: Int
  private let tokenCount: Int
  private let blockCount: Int

  init(weights: EncoderWeights, workspace: EncoderWorkspace, lengths: [Int]) {
    self.weights = weights
    self.workspace = workspace
    self.lengths = lengths
    width = weights.configuration.width
    tokenCount = lengths.reduce(0, +)
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
    let used = tokenCount * width
    let filled = blockCount * EncoderWorkspace.blockRows * width
    (workspace.hidden.start + used).update(repeating: 0, count: filled - used)
    (workspace.context.start + used).update(repeating: 0, count: filled - used)
  }

  private func project(_ layer: EncoderWeights.Layer) {
    for block in 0..<blockCount {
      let start = block * EncoderWorkspace.blockRows
      let height = layer.projections.height(rowCount(of: block))
      let target = workspace.projections.start + start * 3 * width
      spread(layer.projections.bias, height: height, into: target)
      layer.projections.add(workspace.hidden.start + start * width, height: height, to: target)
    }
  }

  private func feedForward(_ block: Int, _ layer: EncoderWeights.Layer) {
    let start = block * EncoderWorkspace.blockRows
    let count = rowCount(of: block)
    let hidden = workspace.hidden.start + start * width
    let context = workspace.context.start + start * width
    let inner = workspace.inner.start

    addToResidual(hidden, context, times: layer.attentionOutput, count: count)
    normalizeSums(layer.attentionNorm, count: count, into: hidden)
    let height = layer.inner.height(count)
    spread(layer.inner.bias, height: height, into: inner)
    layer.inner.add(hidden, height: height, to: inner)
    weights.configuration.activation.apply(to: inner, count: count * layer.inner.outputs)
    addToResidual(hidden, inner, times: layer.output, count: count)
    normalizeSums(layer.outputNorm, count: count, into: hidden)
  }

  /// The rows of a block that belong to tokens.
  private func rowCount(of block: Int) -> Int {
    min(EncoderWorkspace.blockRows, tokenCount - block * EncoderWorkspace.blockRows)
  }

  /// Sets `height` rows to the bias.
  private func spread(
    _ bias: FloatBuffer, height: Int, into target: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<height {
      (target + row * bias.count).update(from: bias.start, count: bias.count)
    }
  }

  /// `sums = residual + bias + x Wᵀ` for one block.
  private func addToResidual(
    _ residual: UnsafePointer<Float>, _ x: UnsafePointer<Float>, times linear: LinearLayer,
    count: Int
  ) {
    let height = linear.height(count)
    for row in 0..<height {
      RowKernels.add(
        residual + row * width, linear.bias.start, count: width,
        into: workspace.sums.start + row * width)
    }
    linear.add(x, height: height, to: workspace.sums.start)
  }

  private func normalizeSums(
    _ norm: EncoderWeights.Norm, count: Int, into target: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<count {
      normalize(workspace.sums.start + row * width, norm, into: target + row * width)
    }
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
