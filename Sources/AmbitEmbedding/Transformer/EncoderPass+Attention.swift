import AmbitMatrix

extension EncoderPass {
  /// Attention among the tokens of one text: per head the softmax of `Q Kᵀ` (already scaled), times V.
  ///
  /// The shapes of these products depend on the text's own length alone, so its numbers do too.
  func attend(start: Int, length: Int) {
    let configuration = weights.configuration
    let width = configuration.width
    let headWidth = configuration.headWidth
    let stride = EncoderWorkspace.scoreStride(length)
    let scores = workspace.scores.start
    let rows = workspace.projections.start + start * 3 * width
    for head in 0..<configuration.headCount {
      let queries = rows + head * headWidth
      if let bias = weights.positionBias {
        for row in 0..<length {
          (scores + row * stride).update(from: bias.start(head: head, position: row), count: length)
        }
      }
      BufferProducts.multiply(
        .init(queries, stride: 3 * width),
        byTransposeOf: .init(queries + width, stride: 3 * width),
        rows: length, inner: headWidth, columns: length, into: scores, stride: stride,
        keep: weights.positionBias == nil ? 0 : 1)
      for row in 0..<length { RowKernels.softmax(scores + row * stride, count: length) }
      BufferProducts.multiply(
        .init(scores, stride: stride), by: .init(queries + 2 * width, stride: 3 * width),
        rows: length, inner: length, columns: headWidth,
        into: workspace.context.start + start * width + head * headWidth, stride: width)
    }
  }
}
