import AmbitMatrix
import Foundation

/// JSON documents with one value changed into something that a reader does not expect.
enum HostileJSON {
  /// What stands in for a value: of another kind, out of range, huge, deep, empty.
  static let values = [
    "null", "true", "-1", "0", "1", "0.5", "-1e308", "1e400", "9007199254740993",
    "99999999999999999999", "16777216", "\"\"", "\"\\u0000\"", "\"▁\"", "\"[UNK]\"", "[]", "{}",
    "[[]]", "[null,null]", "[[\"a\",0]]", "{\"type\":\"Sequence\"}", "{\"type\":\"Precompiled\"}",
    "{\"a\":0,\"b\":0}", String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
    "\"" + String(repeating: "a", count: 70_000) + "\"",
    "[" + String(repeating: "0,", count: 40_000) + "0]",
  ]

  /// `text` with one value replaced, a member left out, or a few bytes changed.
  static func mutated(_ text: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    guard random.index(below: 4) > 0,
      let document = try? JSONSerialization.jsonObject(with: Data(text))
    else { return withChangedBytes(text, &random) }
    // The placeholder is found again in the text, so that any replacement can be written, valid or not.
    let marked = replaced(document, &random, depth: 0)
    guard let data = try? JSONSerialization.data(withJSONObject: marked) else { return text }
    let value = values[random.index(below: values.count)]
    return Array(
      String(decoding: data, as: UTF8.self)
        .replacingOccurrences(of: "\"\(placeholder)\"", with: value).utf8)
  }

  private static let placeholder = "HERE-STANDS-THE-HOSTILE-VALUE"

  /// Goes down one random way and replaces or removes what it comes to.
  private static func replaced(_ value: Any, _ random: inout SplitMix64, depth: Int) -> Any {
    let stops = depth > 0 && random.index(below: 4) == 0
    if !stops, var object = value as? [String: Any], !object.isEmpty {
      let name = object.keys.sorted()[random.index(below: object.count)]
      if random.index(below: 8) == 0 {
        object[name] = nil
      } else {
        object[name] = replaced(object[name]!, &random, depth: depth + 1)
      }
      return object
    }
    if !stops, var list = value as? [Any], !list.isEmpty {
      let index = random.index(below: list.count)
      list[index] = replaced(list[index], &random, depth: depth + 1)
      return list
    }
    return placeholder
  }

  /// `bytes` with up to four changed, and in a quarter of the cases cut off.
  static func withChangedBytes(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    guard !bytes.isEmpty else { return bytes }
    for _ in 0...random.index(below: 4) {
      bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
    }
    if random.index(below: 4) == 0 { bytes.removeLast(random.index(below: bytes.count)) }
    return bytes
  }
}
