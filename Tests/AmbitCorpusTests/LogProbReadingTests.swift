import AmbitCorpus
import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// Log-probs in the shapes in which servers and harnesses write them.
@Suite struct LogProbReadingTests {
  private let folder = TemporaryFolder()

  private func records(_ lines: String, _ options: ReadingOptions = ReadingOptions()) throws
    -> [Record]
  {
    try OutputFile(path: folder.write(lines, to: "out.jsonl"), options: options).records
  }

  private func logProbs(_ member: String, output: String = #""output":"x y""#) throws -> LogProbs? {
    try records(#"{"prompt":"p",\#(output),\#(member)}"# + "\n")[0].logProbs
  }

  @Test func sumsAndTokens() throws {
    #expect(try logProbs(#""cumulative_logprob":-3.5"#) == LogProbs(total: -3.5))
    #expect(try logProbs(#""logprob":"-3.5""#) == LogProbs(total: -3.5))
    #expect(try logProbs(#""logprobs":[-12.25,false]"#) == LogProbs(total: -12.25))
    #expect(try logProbs(#""logprobs":["-12.25","True"]"#) == LogProbs(total: -12.25))
    #expect(
      try logProbs(#""logprobs":[null,-1.5,-0.25]"#) == LogProbs(total: -1.75, tokenCount: 2))
    #expect(try logProbs(#""logprobs":null"#) == nil)
    #expect(try logProbs(#""logprobs":[]"#)?.total == 0)
  }

  @Test func openAIChat() throws {
    let found = try #require(
      try logProbs(
        #""logprobs":{"content":[{"token":"x","logprob":-0.6931471805599453,"bytes":null,"top_logprobs":"#
          + #"[{"token":"x","logprob":-0.6931471805599453},{"token":"y","logprob":-0.6931471805599453}]}],"refusal":null}"#
      ))
    #expect(found.tokenCount == 1 && found.isEntropyWhole)
    #expect(agree(found.total, -log(2), relative: 1e-12))
    #expect(agree(try #require(found.entropy), log(2), relative: 1e-9))
    // Without alternatives there is no entropy.
    let bare = try logProbs(#""logprobs":{"content":[{"token":"x","logprob":-0.5}]}"#)
    #expect(bare == LogProbs(total: -0.5, tokenCount: 1))
  }

  @Test func openAICompletions() throws {
    let found = try #require(
      try logProbs(
        #""logprobs":{"tokens":["a","b"],"token_logprobs":[null,-2.302585092994046],"#
          + #""top_logprobs":[null,{"b":-2.302585092994046,"c":-0.10536051565782628}],"text_offset":[0,1]}"#
      ))
    #expect(found.tokenCount == 1 && found.isEntropyWhole)
    let expected = -0.1 * log(0.1) - 0.9 * log(0.9)
    #expect(agree(try #require(found.entropy), expected, relative: 1e-9))
  }

  @Test func vLLM() throws {
    // Two tokens; of the second the least likely was drawn, so it names no limit for the rest.
    let output = #"""
      {"prompt":"p","outputs":[{"index":0,"text":"x y","token_ids":[7,9],"cumulative_logprob":-99,
      "logprobs":[{"7":{"logprob":-0.5,"rank":1,"decoded_token":"x"},"8":{"logprob":-1.5,"rank":2}},
      {"3":{"logprob":-0.25,"rank":1},"9":{"logprob":-3.5,"rank":40,"decoded_token":" y"}}]},
      {"index":1,"text":"z","token_ids":[7],"cumulative_logprob":-0.75,"logprobs":null}]}
      """#.replacing("\n", with: "") + "\n"
    let found = try records(output)
    #expect(found.map(\.output) == ["x y", "z"])
    let first = try #require(found[0].logProbs)
    #expect(first.total == -4 && first.tokenCount == 2 && !first.isEntropyWhole)
    func term(_ p: Double) -> Double { -p * log(p) }
    let listed = term(exp(-0.5)) + term(exp(-1.5)) + term(exp(-0.25)) + term(exp(-3.5))
    let rests = term(1 - exp(-0.5) - exp(-1.5)) + term(1 - exp(-0.25) - exp(-3.5))
    #expect(agree(try #require(first.entropy), listed + rests, relative: 1e-9))
    #expect(found[1].logProbs == LogProbs(total: -0.75))
  }

  @Test func repliesOfAServer() throws {
    let found = try records(
      #"{"prompt":"p","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"#
        + #""logprobs":{"content":[{"token":"hi","logprob":-0.5,"top_logprobs":[]}]}},"#
        + #"{"index":1,"text":"ho","logprobs":{"token_logprobs":[-1,-2]}}]}"# + "\n")
    #expect(found.map(\.output) == ["hi", "ho"])
    #expect(found.map { $0.logProbs?.total } == [-0.5, -3])
    // The choices of a quiz are no outputs.
    let quiz = try records(#"{"prompt":"p","choices":["a","b"]}"# + "\n")
    #expect(quiz.allSatisfy { $0.output.isEmpty })
  }

  @Test func lmEvalLikelihoods() throws {
    let found = try records(
      #"{"doc_id":0,"doc":{},"arguments":[["Q: a","A: b"]],"resps":[[[-7.5,false]]],"filtered_resps":[]}"#
        + "\n"
        + #"{"doc_id":1,"doc":{},"arguments":{"gen_args_0":{"arg_0":"Q: c","arg_1":"A: d"}},"resps":[[["-2.5","True"]]]}"#
        + "\n")
    #expect(found.map(\.output) == ["A: b", "A: d"])
    #expect(found.map(\.prompt) == ["Q: a", "Q: c"])
    #expect(found.map { $0.logProbs?.total } == [-7.5, -2.5])
  }

  @Test func otherModelsAndLists() throws {
    let found = try records(
      #"{"prompt":"p","outputs":["a","b"],"logprobs":[-1,[-1,-2]],"logprobs_by":{"base":[-4,-5],"dpo":[null,{"content":[{"token":"b","logprob":-6}]}]}}"#
        + "\n")
    #expect(found.map { $0.logProbs?.total } == [-1, -3])
    #expect(found.map { $0.logProbsBy["base"]?.total } == [-4, -5])
    #expect(found.map { $0.logProbsBy["dpo"]?.total } == [nil, -6])
    let named = try records(
      #"{"prompt":"p","output":"a","lp":{"mine":-2}}"# + "\n",
      ReadingOptions(logProbField: "lp.mine"))
    #expect(named[0].logProbs == LogProbs(total: -2))
  }

  @Test func oddShapesAreLeftOutUnlessNamed() throws {
    let path = folder.write(
      #"{"prompt":"p","output":"a","logprobs":{"x":true}}"# + "\n", to: "o.jsonl")
    let file = try OutputFile(path: path)
    #expect(file.records[0].logProbs == nil)
    #expect(file.notices.map(\.code) == [.logProbsUnread])
    #expect(throws: InputError.self) {
      try OutputFile(path: path, options: ReadingOptions(logProbField: "logprobs"))
    }
    #expect(throws: InputError.self) {
      try OutputFile(path: path, options: ReadingOptions(logProbField: "absent"))
    }
  }

  @Test func tablesHoldSums() throws {
    let path = folder.write("prompt,output,logprob\np,a b,-4.5\np,c d,\n", to: "t.csv")
    #expect(try OutputFile(path: path).records.map { $0.logProbs?.total } == [-4.5, nil])
    let odd = folder.write("prompt,output,logprobs\np,a b,\"[-1, -2]\"\n", to: "u.csv")
    #expect(try OutputFile(path: odd).records[0].logProbs == nil)
    #expect(throws: InputError.self) {
      try OutputFile(path: odd, options: ReadingOptions(logProbField: "logprobs"))
    }
  }
}
