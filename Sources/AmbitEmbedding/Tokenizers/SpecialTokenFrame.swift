/// The special ids that a `tokenizer.json` sets before and behind a single text.
struct SpecialTokenFrame: Equatable {
  var prefix: [Int32] = []
  var suffix: [Int32] = []

  init() {}

  /// Reads `post_processor`: TemplateProcessing, BertProcessing, RobertaProcessing, or a sequence with
  /// one of them. `ByteLevel`, and none, set nothing; others throw `InputError`.
  init(document: ModelDocument) throws {
    guard let processor = document["post_processor"] else { return }
    let parts = try processor.list("processors")
    for part in parts.isEmpty ? [processor] : parts {
      switch try part.string("type") {
      case "TemplateProcessing": try readTemplate(part)
      case "BertProcessing", "RobertaProcessing":
        prefix = [try Self.id(part, "cls")]
        suffix = [try Self.id(part, "sep")]
      case "ByteLevel": continue
      case let kind:
        throw part.unsupported("post-processors of type \(kind ?? "null") are not read")
      }
    }
  }

  private mutating func readTemplate(_ template: ModelDocument) throws {
    let tokens = template["special_tokens"]
    var isBehind = false
    for step in try template.list("single") {
      if step["Sequence"] != nil {
        isBehind = true
        continue
      }
      let special = try step.object("SpecialToken")
      guard let name = try special.string("id") else { throw special.missing("id") }
      guard let token = tokens?[name] else { throw template.missing("special_tokens.\(name)") }
      let ids = try token.list("ids").map {
        Int32(try $0.integer(in: 0...TextTokenizer.tokenIdLimit))
      }
      if isBehind { suffix += ids } else { prefix += ids }
    }
  }

  /// The id of a pair such as `["[SEP]", 102]`.
  private static func id(_ part: ModelDocument, _ name: String) throws -> Int32 {
    let pair = try part.list(name)
    guard pair.count == 2 else { throw part.missing(name) }
    return Int32(try pair[1].integer(in: 0...TextTokenizer.tokenIdLimit))
  }
}
