internal import AmbitFormats

/// A static model's folder, read and checked: every extent of every tensor against the others.
struct StaticFolder {
  let model: StaticModel
  let windowTokens: Int?
  let origin: String?
  let sha256: String

  static let configurationName = "config.json"
  static let weightsName = "model.safetensors"
  static let modelType = "ambit-static"
  static let format = 1
  /// Every file that a row can depend on, in the order of the fingerprint.
  static let tokenizerNames = ["tokenizer.json", "tokenizer_config.json", "vocab.txt"]

  init(_ folder: String) throws {
    let configuration = try ModelDocument(
      path: PathText.join(folder, Self.configurationName), limit: 16 << 20)
    let weights = try SafetensorsFile(path: PathText.join(folder, Self.weightsName))
    let isOwn = try configuration.string("model_type") == Self.modelType
    if isOwn {
      let format = try configuration.integer("format", in: 1...Self.format)
      guard format != nil else { throw configuration.missing("format") }
    }
    let table = try Self.table(weights)
    let tokenizer = try TextTokenizer(folder: folder)
    let mapping = try Self.mapping(
      weights, vocabularyCount: tokenizer.vocabularyCount, rowCount: table.rowCount)
    guard mapping != nil || tokenizer.vocabularyCount <= table.rowCount else {
      throw InputError(
        .wrongType, path: weights.path, field: Self.tableName(weights),
        "\(table.rowCount) rows for \(tokenizer.vocabularyCount) tokens",
        hint: "the tokenizer does not belong to the table beside it")
    }
    let pooling =
      isOwn
      ? try Self.bag(configuration, weights, rowCount: table.rowCount, dimension: table.dimension)
      : try Self.mean(configuration, weights, folder: folder, tokenizer: tokenizer)
    model = StaticModel(tokenizer: tokenizer, table: table, pooling: pooling, mapping: mapping)
    let window = isOwn ? "window_tokens" : "max_length"
    let isUnlimited = configuration.has(window) && configuration[window] == nil
    windowTokens =
      try configuration.integer(window, in: 1...(1 << 24))
      ?? (isUnlimited || isOwn ? nil : Self.model2vecWindow)
    origin = try isOwn ? configuration.string("teacher") : configuration.string("tokenizer_name")
    sha256 = try Self.digest(of: folder)
  }

  static func isModel(_ folder: String) -> Bool {
    guard
      let configuration = try? ModelDocument(
        path: PathText.join(folder, configurationName), limit: 16 << 20)
    else { return false }
    if let type = try? configuration.string("model_type") {
      return type == modelType || type == "model2vec"
    }
    // Early model2vec folders name no type; no transformer has a tensor of this name.
    guard let weights = try? SafetensorsFile(path: PathText.join(folder, weightsName)) else {
      return false
    }
    return weights.entry("embeddings") != nil
  }

  // MARK: The table

  /// sentence-transformers' static folders have another name for the same tensor.
  private static func tableName(_ weights: SafetensorsFile) -> String {
    weights.entry("embeddings") == nil && weights.entry("embedding.weight") != nil
      ? "embedding.weight" : "embeddings"
  }

  private static func table(_ weights: SafetensorsFile) throws -> StaticTable {
    let rows = try weights.rows(tableName(weights))
    guard rows.shape.count == 2, rows.rowCount > 0,
      (1...largestDimension).contains(rows.columnCount)
    else {
      throw InputError(
        .wrongType, path: weights.path, field: tableName(weights),
        "expected tokens × columns, found shape \(rows.shape)",
        hint: "this is no table of token vectors")
    }
    if rows.type == .i8 {
      let scales =
        weights.entry("scales") == nil
        ? [Float](repeating: 1, count: rows.rowCount)
        : try weights.floats("scales", shape: [rows.rowCount])
      return StaticTable(.bytes(rows.bytes(), scales: scales), dimension: rows.columnCount)
    }
    return StaticTable(
      .floats(try weights.floats(tableName(weights))), dimension: rows.columnCount)
  }

  private static let largestDimension = 1 << 16

  private static func mapping(
    _ weights: SafetensorsFile, vocabularyCount: Int, rowCount: Int
  ) throws -> [Int32]? {
    guard weights.entry("mapping") != nil else { return nil }
    let rows = try weights.floats("mapping")
    guard rows.count >= vocabularyCount,
      rows.allSatisfy({ $0 >= 0 && $0 < Float(rowCount) && $0 == $0.rounded() })
    else {
      throw InputError(
        .wrongType, path: weights.path, field: "mapping",
        "expected a row below \(rowCount) for each of \(vocabularyCount) tokens",
        hint: "copy or download the model again")
    }
    return rows.map { Int32($0) }
  }

  // MARK: The rule

  private static func bag(
    _ configuration: ModelDocument, _ weights: SafetensorsFile, rowCount: Int, dimension: Int
  ) throws -> StaticPooling {
    guard let power = try configuration.number("count_power"), (0...1).contains(power) else {
      throw configuration.missing("count_power")
    }
    return .dampedBag(
      countPower: power, weights: try weights.floats("weights", shape: [rowCount]),
      offset: try weights.floats("offset", shape: [dimension]),
      frameRow: try configuration.integer("frame_row", in: 0...rowCount - 1))
  }

  private static func mean(
    _ configuration: ModelDocument, _ weights: SafetensorsFile, folder: String,
    tokenizer: TextTokenizer
  ) throws -> StaticPooling {
    var tokenWeights: [Float]?
    if weights.entry("weights") != nil {
      let values = try weights.floats("weights")
      guard values.count >= tokenizer.vocabularyCount else {
        throw InputError(
          .wrongType, path: weights.path, field: "weights",
          "\(values.count) weights for \(tokenizer.vocabularyCount) tokens",
          hint: "copy or download the model again")
      }
      tokenWeights = values
    }
    let isUnlimited = configuration.has("max_length") && configuration["max_length"] == nil
    let window =
      isUnlimited
      ? nil : try configuration.integer("max_length", in: 1...(1 << 24)) ?? model2vecWindow
    // model2vec cuts the characters first, at the window times the median length of its tokens.
    let median = try TokenStrings(folder: folder).medianLength
    return .mean(
      weights: tokenWeights, characterLimit: window.map { $0 * median },
      isHalf: weights.entry(tableName(weights))?.type == .f16)
  }

  /// What model2vec takes where `max_length` is not set.
  private static let model2vecWindow = 512

  private static func digest(of folder: String) throws -> String {
    var parts: [String] = []
    for name in [configurationName, weightsName] + tokenizerNames {
      let path = PathText.join(folder, name)
      guard System.kind(of: path) == .file else { continue }
      let file = try MappedFile(path: path)
      parts.append("\(name) \(SHA256.hexadecimal(of: file.bytes))")
    }
    return SHA256.hexadecimal(of: parts.joined(separator: "\n"))
  }
}

extension SafetensorsRows {
  /// All numbers of a tensor of bytes.
  fileprivate func bytes() -> [Int8] {
    [Int8](unsafeUninitializedCapacity: count) { target, initializedCount in
      var row = [Float](repeating: 0, count: columnCount)
      for index in 0..<rowCount {
        row.withUnsafeMutableBufferPointer { read(row: index, into: $0.baseAddress!) }
        for column in row.indices { target[index * row.count + column] = Int8(row[column]) }
      }
      initializedCount = count
    }
  }
}
