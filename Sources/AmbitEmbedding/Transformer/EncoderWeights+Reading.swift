import AmbitFormats

extension EncoderWeights {
  /// Reads the tensors that `configuration` asks for. Throws `InputError` that names the first one
  /// that is missing or of another shape.
  convenience init(_ file: SafetensorsFile, configuration: EncoderConfiguration) throws {
    let reader = try WeightReader(file, configuration: configuration)
    let tokens = try file.rows(reader.name("embeddings.word_embeddings.weight"))
    guard tokens.shape.count == 2, tokens.columnCount == configuration.width else {
      throw reader.wrongShape(tokens, expected: "[tokens, \(configuration.width)]")
    }
    self.init(
      configuration: configuration, tokens: tokens, positions: try reader.positions(),
      embeddingNorm: try reader.norm("embeddings.LayerNorm"),
      layers: try (0..<configuration.layerCount).map { try reader.layer($0) },
      positionBias: try reader.positionBias())
  }
}

/// Finds an encoder's tensors by their names in PyTorch.
private struct WeightReader {
  let file: SafetensorsFile
  let configuration: EncoderConfiguration
  /// What stands before every name, such as `bert.`; empty in sentence-transformers folders.
  let prefix: String

  init(_ file: SafetensorsFile, configuration: EncoderConfiguration) throws {
    self.file = file
    self.configuration = configuration
    let marker = "embeddings.word_embeddings.weight"
    prefix =
      file.entries.first { $0.name.hasSuffix(marker) }
      .map { String($0.name.dropLast(marker.count)) } ?? ""
  }

  func name(_ name: String) -> String { prefix + name }

  func wrongShape(_ tensor: SafetensorsRows, expected: String) -> InputError {
    InputError(
      .wrongType, path: file.path, field: name("embeddings.word_embeddings.weight"),
      "expected shape \(expected), found \(tensor.shape)",
      hint: "the weights do not belong to the configuration beside them")
  }

  private func floats(_ name: String, _ shape: [Int]) throws -> [Float] {
    try file.floats(self.name(name), shape: shape)
  }

  func linear(_ name: String, inputs: Int, outputs: Int) throws -> LinearLayer {
    LinearLayer(
      weights: try floats("\(name).weight", [outputs, inputs]),
      bias: try floats("\(name).bias", [outputs]))
  }

  /// Files converted from TensorFlow call the two parameters gamma and beta.
  func norm(_ name: String) throws -> EncoderWeights.Norm {
    let isOld = file.entry(self.name("\(name).gamma")) != nil
    return EncoderWeights.Norm(
      scale: FloatBuffer(
        try floats("\(name).\(isOld ? "gamma" : "weight")", [configuration.width])),
      offset: FloatBuffer(try floats("\(name).\(isOld ? "beta" : "bias")", [configuration.width])))
  }

  func positions() throws -> FloatBuffer {
    let width = configuration.width
    let rows = configuration.firstPosition + configuration.positionCount
    let all = try floats("embeddings.position_embeddings.weight", [rows, width])
    let buffer = FloatBuffer(Array(all[(configuration.firstPosition * width)...]))
    let kinds = name("embeddings.token_type_embeddings.weight")
    if file.entry(kinds) != nil {
      let type = try file.floats(kinds)
      guard type.count >= width, type.count % width == 0 else {
        throw wrongShape(try file.rows(kinds), expected: "[types, \(width)]")
      }
      for index in 0..<buffer.count { buffer.start[index] += type[index % width] }
    }
    return buffer
  }

  func positionBias() throws -> RelativePositionBias? {
    guard configuration.bucketCount > 0 else { return nil }
    let shape = [configuration.bucketCount, configuration.headCount]
    return RelativePositionBias(
      byBucket: try floats("encoder.relative_attention_bias.weight", shape),
      configuration: configuration)
  }

  func layer(_ index: Int) throws -> EncoderWeights.Layer {
    let width = configuration.width
    let layer = "encoder.layer.\(index)"
    let isMPNet = configuration.family == .mpnet
    let inputs =
      isMPNet
      ? ["attn.q", "attn.k", "attn.v"] : ["self.query", "self.key", "self.value"]
    return EncoderWeights.Layer(
      projections: try projections(inputs.map { "\(layer).attention.\($0)" }),
      attentionOutput: try linear(
        "\(layer).attention.\(isMPNet ? "attn.o" : "output.dense")", inputs: width, outputs: width),
      attentionNorm: try norm("\(layer).attention.\(isMPNet ? "" : "output.")LayerNorm"),
      inner: try linear(
        "\(layer).intermediate.dense", inputs: width, outputs: configuration.innerWidth),
      output: try linear(
        "\(layer).output.dense", inputs: configuration.innerWidth, outputs: width),
      outputNorm: try norm("\(layer).output.LayerNorm"))
  }

  /// The three projections as one, so that one product makes all three.
  private func projections(_ names: [String]) throws -> LinearLayer {
    let width = configuration.width
    var weights: [Float] = []
    var bias: [Float] = []
    for (part, name) in names.enumerated() {
      let scale = part == 0 ? 1 / Float(configuration.headWidth).squareRoot() : 1
      weights += try floats("\(name).weight", [width, width]).map { $0 * scale }
      bias += try floats("\(name).bias", [width]).map { $0 * scale }
    }
    return LinearLayer(weights: weights, bias: bias)
  }
}
