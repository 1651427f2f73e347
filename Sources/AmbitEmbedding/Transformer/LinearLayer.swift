import AmbitMatrix

/// `y = x Wᵀ + b`, with W held as this build multiplies by it fastest.
///
/// Where products are packed, a row of y depends on its row of x alone. Elsewhere OpenBLAS picks its
/// kernel by shape, and rows change in the last bits below about six rows; so all products there have
/// one height, `EncoderWorkspace.blockRows`, the last rows of no meaning.
package struct LinearLayer: Sendable {
  package let inputs: Int
  package let outputs: Int
  let bias: FloatBuffer
  private let weights: FloatBuffer
  /// Whether the weights are packed into panels; else they lie as `inputs × outputs`.
  private let isPacked: Bool

  /// - Parameters:
  ///   - weights: W as PyTorch stores it, `outputs × inputs`, row-major.
  ///   - isPacked: nil for what is faster. Panels must fill the outputs wholly.
  package init(weights: [Float], bias: [Float], isPacked: Bool? = nil) {
    outputs = bias.count
    inputs = weights.count / bias.count
    self.bias = FloatBuffer(bias)
    let fits = outputs % PanelProducts.panelWidth == 0
    self.isPacked = fits && isPacked ?? PanelProducts.isFast
    self.weights = FloatBuffer(zeros: weights.count)
    let source = (inputs: inputs, outputs: outputs, target: self.weights.start)
    weights.withUnsafeBufferPointer { [isPacked = self.isPacked] in
      let given = BufferProducts.Operand($0.baseAddress!, stride: source.inputs)
      if isPacked {
        PanelProducts.packTranspose(
          of: given, inner: source.inputs, columns: source.outputs, into: source.target)
      } else {
        Transposition.transpose(
          given, rows: source.outputs, columns: source.inputs, into: source.target,
          stride: source.outputs)
      }
    }
  }

  /// The rows that a product of `count` rows must have room for.
  package func height(_ count: Int) -> Int { isPacked ? count : EncoderWorkspace.blockRows }

  /// `target += x Wᵀ` for `height` rows, a number that `height(_:)` gave. Without the bias.
  package func add(
    _ x: UnsafePointer<Float>, height: Int, to target: UnsafeMutablePointer<Float>
  ) {
    if isPacked {
      PanelProducts.multiply(
        .init(x, stride: inputs), rows: height, inner: inputs, byPanels: weights.start,
        columns: outputs, into: target, stride: outputs, keep: true)
    } else {
      BufferProducts.multiply(
        .init(x, stride: inputs), by: .init(weights.start, stride: outputs), rows: height,
        inner: inputs, columns: outputs, into: target, stride: outputs, keep: 1)
    }
  }
}
