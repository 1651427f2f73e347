import AmbitFormats

/// What sentence-transformers puts around an encoder: pooling, normalizing, the window, a prefix.
package struct SentenceModules: Equatable, Sendable {
  package var pooling = Pooling.mean
  package var isNormalized = false
  /// The most tokens, special ones included; nil where only the encoder limits them.
  package var longestSequence: Int?
  /// Whether texts are put into lower case before they are tokenized.
  package var lowercases = false
  /// Set before every text by default, as `query: ` is for E5.
  package var prefix = ""
  /// Whether the tokens of a prefix are pooled with those of the text; INSTRUCTOR models leave them out.
  package var poolsPrefix = true

  package init() {}
}

extension SentenceModules {
  /// Reads `modules.json`, the pooling module's `config.json`, `sentence_bert_config.json` and
  /// `config_sentence_transformers.json`, as far as they are there. Without `modules.json` it is the
  /// mean, not normalized, as sentence-transformers takes it.
  ///
  /// Throws `InputError` for modules that change vectors in a way that is not read.
  init(folder: String) throws {
    var poolingFolder = "1_Pooling"
    if let modules = try Self.list(folder, "modules.json") {
      for module in modules {
        let type = try module.string("type") ?? ""
        switch type.split(separator: ".").last ?? "" {
        case "Transformer": continue
        case "Pooling": poolingFolder = try module.string("path") ?? poolingFolder
        case "Normalize": isNormalized = true
        default: throw module.unsupported("the module `\(type)` is not read")
        }
      }
    }
    if let document = try Self.document(folder, PathText.join(poolingFolder, "config.json")) {
      pooling = try Self.pooling(document)
      poolsPrefix = try document.boolean("include_prompt") ?? true
    }
    if let document = try Self.document(folder, "sentence_bert_config.json") {
      longestSequence = try document.integer("max_seq_length", in: 1...1_048_576)
      lowercases = try document.boolean("do_lower_case") ?? false
    }
    if let document = try Self.document(folder, "config_sentence_transformers.json"),
      let name = try document.string("default_prompt_name")
    {
      prefix = try document["prompts"]?.string(name) ?? ""
    }
  }

  private static func document(_ folder: String, _ name: String) throws -> ModelDocument? {
    let path = PathText.join(folder, name)
    return System.kind(of: path) == .file ? try ModelDocument(path: path, limit: 16 << 20) : nil
  }

  private static func list(_ folder: String, _ name: String) throws -> [ModelDocument]? {
    let path = PathText.join(folder, name)
    guard System.kind(of: path) == .file else { return nil }
    return try ModelDocument(path: path, expecting: .array, limit: 1 << 20).elements()
  }

  private static func pooling(_ document: ModelDocument) throws -> Pooling {
    let names: [(String, Pooling)] = [
      ("pooling_mode_mean_tokens", .mean), ("pooling_mode_cls_token", .cls),
      ("pooling_mode_max_tokens", .max), ("pooling_mode_mean_sqrt_len_tokens", .meanOverRoot),
    ]
    if let mode = try document.string("pooling_mode") {
      let modes: [String: Pooling] = [
        "mean": .mean, "cls": .cls, "max": .max, "mean_sqrt_len_tokens": .meanOverRoot,
      ]
      guard let pooling = modes[mode] else {
        throw document["pooling_mode"]!.unsupported("pooling by `\(mode)` is not read")
      }
      return pooling
    }
    for name in ["pooling_mode_weightedmean_tokens", "pooling_mode_lasttoken"]
    where try document.boolean(name) == true {
      throw document[name]!.unsupported("this pooling is not read")
    }
    let chosen = try names.filter { try document.boolean($0.0) == true }
    guard chosen.count == 1 else {
      throw InputError(
        .unsupported, path: document.path, field: chosen.last?.0,
        "expected one way of pooling, found \(chosen.count)",
        hint: "models that join several poolings are not read")
    }
    return chosen[0].1
  }
}
