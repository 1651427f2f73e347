import AmbitFormats

/// The sizes and choices of a BERT-like encoder, from its `config.json`.
package struct EncoderConfiguration: Equatable, Sendable {
  /// The architectures that are read. They differ in names, position numbers and position bias.
  package enum Family: String, Sendable {
    case bert
    case roberta
    case mpnet
  }

  package var family: Family
  package var width: Int
  package var layerCount: Int
  package var headCount: Int
  package var innerWidth: Int
  package var activation: Activation
  package var epsilon: Float
  /// The number of the first token's position: 0, or behind the padding id in RoBERTa and MPNet.
  package var firstPosition: Int
  /// The most tokens of a text, special ones included.
  package var positionCount: Int
  /// Buckets of MPNet's relative positions; 0 elsewhere.
  package var bucketCount: Int

  /// The columns of one attention head.
  package var headWidth: Int { width / headCount }
}

extension EncoderConfiguration {
  /// Reads `config.json`. Throws `InputError` naming the field for another architecture, relative
  /// positions in BERT, an unknown activation, or sizes that no such model has.
  init(_ document: ModelDocument) throws {
    func integer(_ name: String, _ range: ClosedRange<Int>, _ fallback: Int? = nil) throws -> Int {
      guard let value = try document.integer(name, in: range) ?? fallback else {
        throw document.missing(name)
      }
      return value
    }
    guard let kind = try document.string("model_type") else { throw document.missing("model_type") }
    switch kind {
    case "bert": family = .bert
    case "roberta", "xlm-roberta", "camembert": family = .roberta
    case "mpnet": family = .mpnet
    default: throw document["model_type"]!.unsupported("`\(kind)` is not an encoder that is read")
    }
    if let positions = try document.string("position_embedding_type"), positions != "absolute" {
      throw document["position_embedding_type"]!.unsupported(
        "`\(positions)` positions are not read")
    }
    width = try integer("hidden_size", 1...65_536)
    layerCount = try integer("num_hidden_layers", 1...1_000)
    headCount = try integer("num_attention_heads", 1...65_536)
    innerWidth = try integer("intermediate_size", 1...1_048_576)
    guard width % headCount == 0 else {
      throw InputError(
        .malformed, path: document.path, field: "num_attention_heads",
        "\(headCount) heads do not divide \(width) columns", hint: "copy the model folder again")
    }
    let name = try document.string("hidden_act") ?? "gelu"
    guard let activation = Activation(name: name) else {
      throw document["hidden_act"]!.unsupported("the activation `\(name)` is not known")
    }
    self.activation = activation
    epsilon = Float(try document.number("layer_norm_eps") ?? 1e-12)
    let padding = try integer("pad_token_id", 0...TextTokenizer.tokenIdLimit, 1)
    firstPosition = family == .bert ? 0 : family == .mpnet ? 2 : padding + 1
    positionCount = try integer("max_position_embeddings", 1...1_048_576) - firstPosition
    guard positionCount > 2 else {
      throw InputError(
        .malformed, path: document.path, field: "max_position_embeddings",
        "no room for tokens", hint: "copy the model folder again")
    }
    bucketCount =
      family == .mpnet ? try integer("relative_attention_num_buckets", 4...65_536, 32) : 0
  }
}
