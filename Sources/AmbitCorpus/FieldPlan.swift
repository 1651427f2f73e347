import AmbitFormats

/// Which field of a row is what.
package struct FieldPlan: Sendable, Equatable {
  package var prompt: FieldPath?
  /// Appended to the prompt after a blank line where it is not empty, as in instruction and input.
  package var promptAddition: FieldPath?
  package var id: FieldPath?
  /// Whether the id can only be a prompt's; else it is dropped where it turns out to number the rows.
  package var idIsCertain = true
  package var text: FieldPath?
  /// Whether `text` holds a list with one output an element.
  package var textIsList = false
  /// The other text of a judged pair.
  package var otherText: FieldPath?
  /// Chat messages that hold both prompt and output.
  package var messages: FieldPath?
  package var sample: FieldPath?
  package var generator: FieldPath?
  package var step: FieldPath?
  package var score: FieldPath?
  package var stratum: FieldPath?
  package var logProbs: FieldPath?
  /// Whether the user named that field, so that what it holds must be readable.
  package var logProbsAreNamed = false
  package var logProbsBy: FieldPath?
  /// Fields that are neither used nor worth listing as ignored.
  package var silent: [String] = []

  package init() {}

  package var paths: [FieldPath] {
    [
      prompt, promptAddition, id, text, otherText, messages, sample, generator, step, score,
      stratum, logProbs, logProbsBy,
    ].compactMap { $0 }
  }
}

/// A field by name, or a dotted way into an object.
package struct FieldPath: Sendable, Equatable {
  /// As given.
  package var name: String
  /// The name of the row's own field.
  package var root: String
  /// The names below it.
  package var rest: [String]

  /// A field of that very name.
  package init(_ name: String) {
    self.name = name
    root = name
    rest = []
  }

  /// The field of that name where `fields` has it, else the way along its dots.
  package init(_ name: String, among fields: [String]) {
    self.init(name)
    guard !fields.contains(name) else { return }
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count > 1 else { return }
    root = parts[0]
    rest = Array(parts.dropFirst())
  }
}

extension FieldPlan {
  /// The fields that the names suggest, with what the user said taking precedence.
  ///
  /// Throws `InputError.missingField` where the user named a field that no row has.
  package init(fields: [String], options: ReadingOptions, path: String) throws {
    func suggested(_ names: [String]) -> FieldPath? {
      FieldNames.first(of: names, in: fields).map { FieldPath($0) }
    }
    prompt = suggested(FieldNames.prompt)
    if prompt?.name.lowercased() == "instruction" {
      promptAddition = fields.first { $0.lowercased() == "input" }.map { FieldPath($0) }
    }
    id = suggested(FieldNames.promptID)
    if id == nil {
      id = suggested(FieldNames.anyID)
      idIsCertain = id == nil
    }
    sample = suggested(FieldNames.sample)
    generator = suggested(FieldNames.generator)
    step = suggested(FieldNames.step)
    score = suggested(FieldNames.score)
    logProbs = suggested(FieldNames.logProbs)
    logProbsBy = suggested(FieldNames.logProbsBy)
    try apply(options, fields: fields, path: path)
  }

  private mutating func apply(
    _ options: ReadingOptions, fields: [String], path: String
  ) throws {
    func named(_ name: String?, _ option: String) throws -> FieldPath? {
      guard let name else { return nil }
      let field = FieldPath(name, among: fields)
      guard fields.contains(field.root) else {
        throw InputError(
          .missingField, path: path, field: name, "no such field",
          hint: NearestNames.hint(for: name, among: fields)
            ?? "\(option) takes one of: \(fields.joined(separator: ", "))")
      }
      return field
    }
    if let field = try named(options.promptField, "--prompt-field") {
      prompt = field
      promptAddition = nil
    }
    if let field = try named(options.idField, "--id-field") {
      id = field
      idIsCertain = true
    }
    if let field = try named(options.sampleField, "--sample-field") { sample = field }
    if let field = try named(options.checkpointField, "--checkpoint-field") {
      generator = field
      step = nil
    }
    if let field = try named(options.scoreField, "--score-field") { score = field }
    // It may stand in a file of prompts instead.
    stratum = options.stratumField.map { FieldPath($0, among: fields) }.flatMap {
      fields.contains($0.root) ? $0 : nil
    }
    if let field = try named(options.logProbField, "--logprob-field") {
      logProbs = field
      logProbsAreNamed = true
    }
    if let field = try named(options.textField, "--text-field") { text = field }
  }
}
