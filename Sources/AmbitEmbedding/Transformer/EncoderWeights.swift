import AmbitFormats

/// The numbers of an encoder, ready for its products.
///
/// Layers are copied out of the file; the token table stays in it, for a text needs few of its rows.
final class EncoderWeights: Sendable {
  struct Norm: Sendable {
    let scale: FloatBuffer
    let offset: FloatBuffer
  }

  struct Layer: Sendable {
    /// Queries, keys and values side by side; queries already divided by the root of the head width.
    let projections: LinearLayer
    let attentionOutput: LinearLayer
    let attentionNorm: Norm
    let inner: LinearLayer
    let output: LinearLayer
    let outputNorm: Norm
  }

  let configuration: EncoderConfiguration
  let tokens: SafetensorsRows
  /// One row per position from the first token's on; the token type that texts have is added in.
  let positions: FloatBuffer
  let embeddingNorm: Norm
  let layers: [Layer]
  /// MPNet's score by bucket and head; nil elsewhere.
  let positionBias: RelativePositionBias?

  init(
    configuration: EncoderConfiguration, tokens: SafetensorsRows, positions: FloatBuffer,
    embeddingNorm: Norm, layers: [Layer], positionBias: RelativePositionBias?
  ) {
    self.configuration = configuration
    self.tokens = tokens
    self.positions = positions
    self.embeddingNorm = embeddingNorm
    self.layers = layers
    self.positionBias = positionBias
  }
}
