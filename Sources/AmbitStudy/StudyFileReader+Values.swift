import AmbitCorpus
import AmbitFormats
import Foundation
import Yams

extension StudyFileReader {
  func fault(_ node: Node, field: String? = nil, _ message: String, hint: String)
    -> InputError
  {
    InputError(
      .wrongType, path: path, line: node.mark?.line, column: node.mark?.column, field: field,
      message,
      hint: hint)
  }

  /// A path as the file means it: relative to the file's folder.
  func file(_ given: String) -> String {
    if given.hasPrefix("/") || given == "-" { return given }
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? given : (folder as NSString).appendingPathComponent(given)
  }

  /// Settings of decoding by name, each with one value.
  func decoding(_ node: Node) throws -> [DecodingSetting] {
    guard let mapping = node.mapping else {
      throw fault(
        node, "expected settings by name", hint: "for example `{ temperature: 1, top_p: 0.95 }`")
    }
    return try mapping.map { key, value in
      let name = try text(key)
      guard DecodingSetting.knownNames.contains(name) else {
        throw fault(
          key, field: name, "is not a setting of decoding",
          hint: NearestNames.hint(for: name, among: DecodingSetting.knownNames)
            ?? "the settings are \(DecodingSetting.knownNames.joined(separator: ", "))")
      }
      return try stated(name, try text(value), at: value)
    }
  }

  private func stated(_ name: String, _ value: String, at node: Node) throws -> DecodingSetting {
    guard let setting = DecodingSetting(name: name, stated: value) else {
      throw fault(
        node, field: name, "expected a number, found `\(value)`",
        hint: name == "do_sample" ? "write true or false" : "for example `\(name): 1`")
    }
    return setting
  }

  func text(_ node: Node) throws -> String {
    guard let text = node.scalar?.string else {
      throw fault(node, "expected text", hint: "write it on one line, in quotes if it has a colon")
    }
    return text
  }

  /// Text that names something, a file unless said otherwise.
  func location(_ node: Node, named kind: String = "path") throws -> String {
    let given = try text(node)
    guard !given.isEmpty else {
      throw fault(
        node, "expected a \(kind), found nothing",
        hint: kind == "path" ? "write `name: FILE`" : "write a name, or leave the key out")
    }
    return given
  }

  func texts(_ node: Node) throws -> [String] {
    if let items = node.sequence { return try items.map { try text($0) } }
    return try [text(node)]
  }

  func whole(_ node: Node) throws -> Int {
    guard let number = node.int, number >= 0 else {
      throw fault(node, "expected a whole number, 0 or more", hint: "for example 2000")
    }
    return number
  }

  func number(_ node: Node) throws -> Double {
    guard let number = node.float, number.isFinite else {
      throw fault(node, "expected a number", hint: "for example 8")
    }
    return number
  }

  func truth(_ node: Node) throws -> Bool {
    guard let truth = node.bool else { throw fault(node, "expected true or false", hint: "true") }
    return truth
  }

  func parsed<Value>(
    _ node: Node, _ given: String? = nil, as parse: (String) -> Value?, example: String
  ) throws -> Value {
    let given = try given ?? text(node)
    guard let value = parse(given) else {
      throw fault(node, "`\(given)` cannot be read", hint: "for example \(example)")
    }
    return value
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ node: Node) throws -> Choice
  where Choice.RawValue == String {
    let given = try text(node)
    guard let choice = Choice(rawValue: given) else {
      let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(node, "`\(given)` is not a choice", hint: "choose from \(allowed)")
    }
    return choice
  }
}
