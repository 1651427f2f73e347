/// How the rows of a text's tokens become one vector, before it is scaled to unit length.
enum StaticPooling: Sendable {
  /// model2vec's: the mean over all tokens but unknown ones; a token's row is multiplied by its weight,
  /// where there are weights. Texts are first cut at `characterLimit` code points. A table in half
  /// precision makes means in half precision.
  case mean(weights: [Float]?, characterLimit: Int?, isHalf: Bool)

  /// Ambit's: `offset + Σ_t c_t^p E_t / ‖(c_t^p w_t)‖` over distinct tokens t met c_t times, where row
  /// E_t already holds the weight w_t. The bag has unit length, so that a long text is not longer. The
  /// frame's row counts once in every text: its share falls with the text's length, as that of a
  /// transformer's special tokens does.
  case dampedBag(countPower: Double, weights: [Float], offset: [Float], frameRow: Int?)
}
