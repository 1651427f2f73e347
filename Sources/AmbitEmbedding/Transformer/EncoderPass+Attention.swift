import AmbitMatrix

extension EncoderPass {
  /// Attention among the tokens of one text: per head the softmax of `Q Kᵀ` (already scaled), times V.
  ///
  /// A few queries at a time, so that their scores stay near. The numbers depend on the text alone.
  func attend(start: Int, length: Int) {
    let width = weights.configuration.width
    let headWidth = weights.configuration.headWidth
    let projections = workspace.projections.start + start * 3 * width
    for head in 0..<weights.configuration.headCount {
      let queries = projections + head * headWidth
      PanelProducts.packTranspose(
        of: .init(queries + width, stride: 3 * width), inner: headWidth, columns: length,
        into: workspace.keys.start)
      PanelProducts.pack(
        .init(queries + 2 * width, stride: 3 * width), inner: length, columns: headWidth,
        into: workspace.values.start)
      for row in stride(from: 0, to: length, by: PanelProducts.tileRows) {
        attend(
          .init(queries + row * 3 * width, stride: 3 * width), head: head, from: row,
          rows: min(PanelProducts.tileRows, length - row), length: length,
          into: workspace.context.start + (start + row) * width + head * headWidth)
      }
    }
  }

  /// The rows of some queries of one head, whose keys and values are packed.
  private func attend(
    _ queries: PanelProducts.Operand, head: Int, from position: Int, rows: Int, length: Int,
    into context: UnsafeMutablePointer<Float>
  ) {
    let configuration = weights.configuration
    let headWidth = configuration.headWidth
    let stride = EncoderWorkspace.padded(length)
    let scores = workspace.scores.start
    PanelProducts.multiply(
      queries, rows: rows, inner: headWidth, byPanels: workspace.keys.start, columns: length,
      into: scores, stride: stride)
    for row in 0..<rows {
      if let bias = weights.positionBias {
        RowKernels.accumulate(
          bias.start(head: head, position: position + row), count: length,
          into: scores + row * stride)
      }
      RowKernels.softmax(scores + row * stride, count: length)
    }
    let found = workspace.found.start
    let foundStride = EncoderWorkspace.padded(headWidth)
    PanelProducts.multiply(
      .init(scores, stride: stride), rows: rows, inner: length, byPanels: workspace.values.start,
      columns: headWidth, into: found, stride: foundStride)
    for row in 0..<rows {
      (context + row * configuration.width).update(
        from: found + row * foundStride, count: headWidth)
    }
  }
}
