import AmbitCorpus
import AmbitFormats
import AmbitTestSupport
import Testing

/// The files as they were published, against their twins in normal form and the README's figures.
@Suite(.needsSharedData) struct OriginalFormatTests {
  static func read(_ path: String, _ options: ReadingOptions = .init()) throws -> OutputFile {
    try OutputFile(path: SharedData.path(path), options: options)
  }

  static func meanWords(_ file: OutputFile) -> Double {
    Double(file.records.reduce(0) { $0 + WordCount.of($1.output) }) / Double(file.records.count)
  }

  @Test(arguments: ["phi-2", "phi-2-dpo"]) func alpacaEval(_ name: String) throws {
    let file = try Self.read("original/alpaca_eval/\(name)/model_outputs.json")
    let twin = try Self.read("normalized/alpacaeval-phi2/\(name).jsonl")
    #expect(file.format == "AlpacaEval")
    #expect(file.ignoredFields == ["dataset"])
    #expect(Set(file.records.map(\.generator)) == [name])
    #expect(file.records.map(\.output) == twin.records.map(\.output))
    #expect(file.records.map(\.prompt) == twin.records.map(\.prompt))
    #expect(file.records.map(\.sample) == twin.records.map(\.sample))
  }

  @Test func noveltyBench() throws {
    let file = try Self.read("original/novelty_bench/gpt4o_generations.jsonl")
    let twin = try Self.read("normalized/noveltybench-100/gpt-4o.jsonl")
    #expect(file.format == "NoveltyBench")
    #expect(file.rowCount == 100)
    #expect(file.records.count == 1_000)
    let outputs = Dictionary(
      uniqueKeysWithValues: file.records.map { ("nb-\($0.promptID!)/\($0.sample)", $0) })
    for record in twin.records {
      let original = try #require(outputs["\(record.promptID!)/\(record.sample)"])
      #expect(original.output == record.output)
      #expect(original.prompt == record.prompt)
    }
  }

  @Test("response is the output, target the human reference, instruction and input the prompt")
  func selfInstruct() throws {
    let file = try Self.read("original/self_instruct/text-davinci-003_predictions.jsonl")
    let twin = try Self.read("normalized/selfinstruct-252/text-davinci-003.jsonl")
    #expect(file.format == "Self-Instruct")
    #expect(file.records.map(\.output) == twin.records.map(\.output))
    let prompts = zip(file.records, twin.records).filter {
      TextTrimming.trimmed($0.prompt!) == TextTrimming.trimmed($1.prompt!)
    }
    #expect(prompts.count == 252)
    #expect(file.ignoredFields == ["prompt", "target"])
  }

  @Test func arenaHard() throws {
    let file = try Self.read(
      "original/arena_hard_v2/tulu3-8b-rank64-alpha1e5-001-step6000.jsonl")
    let twin = try Self.read("normalized/arenahard-tulu-lora-checkpoints/step06000.jsonl")
    #expect(file.format == "Arena-Hard answers")
    #expect(file.records.count == 750)
    #expect(file.records.count(where: \.isEmpty) == 328)
    #expect(abs(Self.meanWords(file) - 317.2) <= 0.051)
    let originals = Dictionary(
      uniqueKeysWithValues: file.records.map { ("ah2-\($0.promptID!)", $0) })
    for record in twin.records {
      let original = try #require(originals[record.promptID!])
      #expect(original.output == record.output)
      #expect(original.prompt == record.prompt)
    }
  }

  @Test(
    "prompts are found in question.jsonl beside the answers, and that is said",
    arguments: [
      ("answer_llama-13b", 124.8, 1), ("answer_alpaca-13b", 84.0, 0),
      ("answer_vicuna-13b", 232.9, 0), ("answer_vicuna-13b-20230322-new-hp-fp16", 228.6, 0),
    ])
  func fastChat(_ name: String, _ words: Double, _ empty: Int) throws {
    let file = try Self.read("original/fastchat_vicuna_bench/\(name).jsonl")
    #expect(file.format == "FastChat answers")
    #expect(file.records.count == 80)
    #expect(abs(Self.meanWords(file) - words) <= 0.051)
    #expect(file.records.count(where: \.isEmpty) == empty)
    #expect(file.records.first?.promptID == "1")
    #expect(file.records.first?.prompt == "How can I improve my time management skills?")
    let notice = try #require(file.notices.first { $0.code == .promptsJoined })
    #expect(notice.text.contains("question.jsonl"))
    #expect(notice.count == 80)
  }

  @Test("decoding settings inside the metadata are found") func decoding() throws {
    let file = try Self.read("original/fastchat_vicuna_bench/answer_llama-13b.jsonl")
    #expect(
      file.decoding == [
        DecodingSetting(name: "do_sample", values: ["true"]),
        DecodingSetting(name: "temperature", values: ["0.7"]),
        DecodingSetting(name: "max_new_tokens", values: ["1024"]),
      ])
  }

  @Test func questions() throws {
    let file = try Self.read("original/fastchat_vicuna_bench/question.jsonl")
    #expect(file.kind == .promptsOnly)
    #expect(file.records.count == 80)
    #expect(file.records.allSatisfy { $0.prompt?.isEmpty == false && $0.promptID != nil })
  }

  @Test func judgedPairs() throws {
    let file = try Self.read("normalized/noveltybench-human-pairs/pairs-dev.jsonl")
    #expect(file.kind == .judgedPairs)
    #expect(file.rowCount == 860)
    #expect(Set(file.records.map(\.prompt)).count == 860)
    #expect(abs(Self.meanWords(file) - 242) <= 0.51)
  }

  @Test("a list of outputs in `output`") func alpacaFarm() throws {
    let file = try Self.read("original/alpaca_farm/multisamples_sft.json")
    #expect(file.format == "JSON")
    #expect(file.records.count == 32)
    #expect(Set(file.records.map(\.prompt)).count == 8)
    #expect(file.records.prefix(5).map(\.sample) == [0, 1, 2, 3, 0])
    #expect(abs(Self.meanWords(file) - 54.1) <= 0.051)
    #expect(
      file.records[8].prompt == "Identify the odd one out.\n\nTwitter, Instagram, Telegram")
  }

  @Test("of several text columns the user must name one") func table() throws {
    let path = "original/csv/llm_as_judge_eval1.csv"
    let error = #expect(throws: InputError.self) { try Self.read(path) }
    #expect(error?.code == .missingField)
    for candidate in ["min_p_story", "top_p_story", "judge_feedback"] {
      #expect(error?.message.contains("`\(candidate)`") == true)
    }
    #expect(error?.hint?.contains("--text-field min_p_story") == true)
    let columns = try ["min_p_story", "top_p_story"].map {
      try Self.read(path, ReadingOptions(textField: $0))
    }
    for file in columns {
      #expect(file.format == "CSV")
      #expect(file.records.count == 4)
      #expect(Set(file.records.map(\.prompt)).count == 2)
      #expect(file.decoding.contains { $0.name == "temperature" })
    }
    #expect(abs(columns.reduce(0) { $0 + Self.meanWords($1) } / 2 - 195.9) <= 0.051)
  }

  @Test("inspection agrees with the README and promises its keys") func inspection() throws {
    let file = try Self.read("normalized/selfinstruct-252/davinci-t0-ft.jsonl")
    let inspection = Inspection(file)
    #expect(inspection.records == 252)
    #expect(inspection.prompts == 252)
    #expect(inspection.samplesPerPrompt == 1...1)
    #expect(abs(inspection.meanWords! - 12.3) < 0.051)
    #expect(inspection.empty == 48)
    #expect(inspection.duplicates == 51)
    #expect(inspection.scripts.first?.script == "Latin")
    #expect(
      Inspection.json([inspection])["files"]?.array?.first?.object?.members.map(\.name) == [
        "path", "format", "why", "records", "prompts", "samples_per_prompt", "mean_words",
        "median_words", "empty", "duplicates", "scripts", "ignored_fields",
      ])
    #expect(inspection.text.contains("mean 12.3"))
    let arena = Inspection(
      try Self.read("normalized/arenahard-tulu-lora-checkpoints/step48000.jsonl"))
    #expect(arena.scripts.map(\.script).contains("Cyrillic"))
    #expect(arena.scripts.map(\.script).contains("Han"))
    #expect(abs(arena.scripts.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    let pairs = Inspection(
      try Self.read("normalized/noveltybench-human-pairs/pairs-dev.jsonl"))
    #expect(pairs.format == "judged pairs")
    #expect(pairs.records == 860)
    #expect(pairs.prompts == 860)
    let questions = Inspection(try Self.read("original/fastchat_vicuna_bench/question.jsonl"))
    #expect(questions.format == "prompts only")
    #expect(questions.records == 80)
    #expect(questions.empty == 0)
  }
}
