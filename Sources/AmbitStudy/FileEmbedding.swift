import AmbitCorpus
import AmbitEmbedding
import AmbitFormats
import AmbitMatrix

/// The texts of files to vectors on the disk: `X.npy`, with `rows.csv` beside it that says what each
/// row is. A row a record, in file order.
public struct FileEmbedding {
  /// What was written.
  public struct Result: Sendable {
    /// What a reader of the vectors must know.
    public let notes: [StudyNote]
    /// What was written and by which embedder, for people.
    public let summary: String
    /// The same for programs.
    public let json: String
  }

  private let words: [String]
  private let settings: StudySettings
  private let path: String
  private let tokensPath: String?
  private let writesHalves: Bool

  /// Takes files as the command line names them; of `options` the reading, the embedder, the cache and
  /// the threads count, and `outputFolder` is the path of the vectors.
  ///
  /// - Parameters:
  ///   - tokensPath: where the token ids of each record go, one JSON array a line; nil for nowhere.
  ///   - writesHalves: whether `X.half1.npy` and `X.half2.npy` are written too: the vectors of the odd
  ///     and of the even sentences of each record (`TextHalves`).
  /// - Throws: `UsageError` for a value that cannot be used.
  public init(
    _ words: [String], options: StudyOptions, tokensPath: String? = nil, writesHalves: Bool = false
  ) throws {
    self.words = words
    self.tokensPath = tokensPath
    self.writesHalves = writesHalves
    settings = try StudySettings(options)
    path = try Self.path(settings.outputFolder, of: "vectors")
    guard tokensPath != "" else {
      throw UsageError("--tokens names no file", hint: "for example --tokens ids.jsonl")
    }
    guard settings.embedder != "vectors" else {
      throw UsageError(
        "`vectors` embeds nothing", hint: "name a model, or leave --embedder out for the best")
    }
  }

  /// The NPY file that --out names for `things`. Throws `UsageError` where it names none.
  static func path(_ out: String?, of things: String) throws -> String {
    guard let out else {
      throw UsageError("--out is missing", hint: "name the file of the \(things): -o \(things).npy")
    }
    guard out.hasSuffix(".npy"), PathText.lastComponent(out) != ".npy" else {
      throw UsageError(
        "--out names `\(out)`; \(things) are written as NPY", hint: "for example -o \(things).npy")
    }
    return out
  }

  /// Reads, embeds and writes.
  ///
  /// - Throws: `InputError`, `UsageError`; then nothing has been written.
  ///   `Interrupted` where `isStopped` said so while texts were embedded.
  public func run(
    isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) throws -> Result {
    progress(StudyProgress(stage: .reading))
    let list = try RecordList(
      words, reading: settings.reading, nameSource: settings.nameSource,
      keepsEmpty: settings.keepsEmpty)
    let choice = try EmbedderChoice(settings, isStopped: isStopped)
    let embedder = choice.embedder
    let tokens = try tokenLines(list, choice.tokenReader, name: embedder.name)
    let halves = writesHalves ? list.rows.map { TextHalves(of: $0.record.output) } : []
    let texts = list.rows.map(\.record.output)
    progress(StudyProgress(stage: .embedding))
    let all = texts + halves.map(\.first) + halves.map(\.second)
    let embedded = try embedder.embedDistinct(all, workers: settings.workers) {
      progress(choice.progress($0, of: all.count))
    }
    if isStopped() { throw Interrupted(embedded: all.count, total: all.count) }

    progress(StudyProgress(stage: .writing))
    let rowCount = texts.count
    var files = AtomicFileSet()
    var written = [path]
    func add(_ bytes: [UInt8], at path: String) throws { try files.add(bytes, at: path) }
    func matrix(_ part: Int) -> [UInt8] {
      let width = embedder.dimension
      let values = embedded.matrix.values[part * rowCount * width..<(part + 1) * rowCount * width]
      return NPYArray(shape: [rowCount, width], floats: Array(values)).encoded()
    }
    try add(matrix(0), at: path)
    if writesHalves {
      for part in 1...2 {
        let halfPath = path.dropLast(".npy".count) + ".half\(part).npy"
        try add(matrix(part), at: String(halfPath))
        written.append(String(halfPath))
      }
    }
    let rowsPath = PathText.join(PathText.folder(path), "rows.csv")
    try add(Self.rows(list), at: rowsPath)
    written.append(rowsPath)
    if let tokensPath, let tokens {
      try add(tokens, at: tokensPath)
      written.append(tokensPath)
    }
    try files.commit()

    let readings = Self.readings(list, embedded)
    let notes =
      list.notices.map(StudyNote.init) + emptyNote(list) + halvesNote(halves)
      + ReadingCounts.notes(
        readings, embedder: embedder.name, window: embedder.windowTokens,
        canPoolWindows: choice.canPoolWindows) + [choice.cacheNote].compactMap { $0 }
    let statement = EmbedderStatement(choice)
    return Result(
      notes: notes,
      summary: "\(statement.text)\n\(rowCount) \(rowCount == 1 ? "row" : "rows"): "
        + written.joined(separator: ", ") + "\n",
      json: json(
        readings, statement, cache: choice.cacheJSON, notes: notes, written: written))
  }

  /// The token ids of each record, where they were asked for.
  private func tokenLines(
    _ list: RecordList, _ reader: (any TokenReader)?, name: String
  ) throws -> [UInt8]? {
    guard tokensPath != nil else { return nil }
    guard let reader else {
      throw UsageError(
        "`\(name)` has no token ids", hint: "leave --tokens out, or take --embedder minilm")
    }
    let texts = list.rows.map(\.record.output)
    let lines = settings.workers.map(texts.count) { index in
      "[" + reader.tokenIds(of: texts[index]).map(String.init).joined(separator: ",") + "]\n"
    }
    return Array(lines.joined().utf8)
  }

  private static func rows(_ list: RecordList) -> [UInt8] {
    var table = CSVWriter(header: ["checkpoint", "prompt_id", "sample", "text_sha256"])
    for row in list.rows {
      table.append([
        row.checkpoint, row.promptID, String(row.record.sample),
        SHA256.hexadecimal(of: row.record.output),
      ])
    }
    return table.bytes
  }

  /// What was read of each checkpoint, in order of appearance.
  private static func readings(_ list: RecordList, _ embedded: EmbeddedTexts) -> [ReadingCounts] {
    var order: [String] = []
    var groups: [String: [EmbeddedTexts.Reading]] = [:]
    for (row, reading) in zip(list.rows, embedded.readings) {
      if groups[row.checkpoint] == nil { order.append(row.checkpoint) }
      groups[row.checkpoint, default: []].append(reading)
    }
    return order.map { ReadingCounts(checkpoint: $0, groups[$0]!) }
  }

  private func emptyNote(_ list: RecordList) -> [StudyNote] {
    guard list.emptyDropped > 0 else { return [] }
    return [
      StudyNote(
        code: "empty_dropped",
        text:
          "\(list.emptyDropped) empty \(list.emptyDropped == 1 ? "output has" : "outputs have") "
          + "no row (--keep-empty keeps them)")
    ]
  }

  private func halvesNote(_ halves: [TextHalves]) -> [StudyNote] {
    let whole = halves.count { $0.second.isEmpty }
    guard whole > 0 else { return [] }
    return [
      StudyNote(
        code: "texts_not_halved",
        text:
          "\(whole) of \(halves.count) outputs cannot be cut in two; the second half's vector is "
          + "zero")
    ]
  }

  private func json(
    _ readings: [ReadingCounts], _ statement: EmbedderStatement, cache: JSON, notes: [StudyNote],
    written: [String]
  ) -> String {
    var embedder = statement.facts
    embedder["advice"] = statement.advice.map { .string($0) } ?? .null
    embedder["cache"] = cache
    let object: JSON = [
      "rows": .integer(readings.reduce(0) { $0 + $1.outputs }),
      "embedder": .object(embedder),
      "checkpoints": .array(
        readings.map { ["name": .string($0.checkpoint), "embedded": $0.json] }),
      "warnings": .array(notes.map { ["code": .string($0.code), "text": .string($0.text)] }),
      "files": .array(written.map { .string($0) }),
    ]
    return JSONWriter(isPretty: true).string(object) + "\n"
  }
}
