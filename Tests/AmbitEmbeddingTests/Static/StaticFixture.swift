import AmbitEmbedding
import AmbitFormats
import AmbitTestSupport

/// A static model folder of a few words with a table that can be checked by hand.
struct StaticFixture {
  let folder = TemporaryFolder()
  static let tokens = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "red", "green", "blue", "##ish", "sea", "!",
  ]
  /// Row of token i: (i, 1, −i).
  static let rows: [Float] = tokens.indices.flatMap { [Float($0), 1, -Float($0)] }
  static let shape = [tokens.count, 3]

  init(config: String, tensors: [SafetensorsFile.Tensor]? = nil) {
    folder.write(Self.tokens.joined(separator: "\n") + "\n", to: "vocab.txt")
    folder.write(config, to: "config.json")
    let tensors = tensors ?? [.init("embeddings", Self.rows, shape: Self.shape)]
    folder.write(SafetensorsFile.encoded(tensors), to: "model.safetensors")
  }

  func open() throws -> StaticEmbedder { try StaticEmbedder(folder: folder.path) }

  /// Ambit's own kind: counts to the power 0.5, weights 1/(1 + i/10), a small offset.
  static func own(window: String = "null", offset: [Float] = [0, 0, 0]) -> StaticFixture {
    let weights = tokens.indices.map { 1 / (1 + Float($0) / 10) }
    return StaticFixture(
      config: """
        {"model_type":"ambit-static","format":1,"count_power":0.5,"window_tokens":\(window),
         "teacher":"a teacher"}
        """,
      tensors: [
        .init("embeddings", rows.map { Int8($0) }, shape: shape),
        .init("scales", [Float](repeating: 0.5, count: tokens.count), shape: [tokens.count]),
        .init("weights", weights, shape: [tokens.count]), .init("offset", offset, shape: [3]),
      ])
  }
}

/// `values` scaled to unit length, in double precision.
func unit(_ values: [Double]) -> [Float] {
  let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return values.map { Float($0 / norm) }
}

func isNear(_ a: some Sequence<Float>, _ b: some Sequence<Float>, within tolerance: Float) -> Bool {
  zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
}
