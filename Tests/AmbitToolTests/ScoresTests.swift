import AmbitTestSupport
import Foundation
import Testing

/// Scores and log-probs through the whole tool.
@Suite struct ScoresTests {
  private let folder = TemporaryFolder()

  /// 12 prompts with four outputs each, of a few words; half of them score high.
  private func write(_ name: String, words: Int, field: String = "score") -> String {
    var text = ""
    for prompt in 0..<12 {
      for sample in 0..<4 {
        let output = (0..<6).map { "w\((prompt * 7 + sample * 5 + $0 * $0 + $0) % words)" }
          .joined(separator: " ")
        text += #"{"prompt_id":"p\#(prompt)","output":"\#(output)","sample":\#(sample),"#
        text += #""\#(field)":\#(Double(sample) / 4),"logprobs":[-1,-\#(words),-0.\#(sample + 1)],"#
        text += #""logprobs_by":{"base":-30,"sft":-20}}"# + "\n"
      }
    }
    return folder.write(text, to: "\(name).jsonl")
  }

  private func run(_ arguments: String...) throws -> AmbitProcess {
    try AmbitProcess.run(
      [
        "run", "base=" + folder.path(of: "base.jsonl"), "sft=" + folder.path(of: "sft.jsonl"),
        "--embedder", "lexical", "--resamples", "100", "--permutations", "99", "--out",
        folder.path(of: "out"),
      ] + arguments)
  }

  @Test func passingOutputsAndLogProbsHaveTheirRows() throws {
    _ = write("base", words: 40)
    _ = write("sft", words: 9)
    #expect(try run("--pass-if", ">= 0.25").status == 0)
    let lines = try String(contentsOfFile: folder.path(of: "out/metrics.csv"), encoding: .utf8)
      .split(separator: "\n")
    for row in [
      "sft,base,within,embedding,dispersion,passing,+,12,36,",
      "sft,base,within,embedding,dispersion,split_quality,+,12,36,",
      "sft,base,within,embedding,pass_rate,,,12,48,0.75,0.75,0,difference,",
      "sft,base,within,logprob,entropy,plain,+,12,48,",
      "sft,base,within,logprob,kl,to_base,,12,48,",
      "sft,base,pooled,embedding,classifier_auc,,,12,48,",
    ] {
      #expect(lines.contains { $0.hasPrefix(row) }, "\(row)")
    }
    let gap = try #require(lines.first { $0.contains(",overconfidence_gap,") })
    #expect(gap.hasSuffix(",no_logprobs"))
    let json = try String(contentsOfFile: folder.path(of: "out/metrics.json"), encoding: .utf8)
    #expect(json.contains("|pass:>= 0.25|"))
  }

  @Test func conditionsThatCannotBeMetEndTheRun() throws {
    _ = write("base", words: 40, field: "mark")
    _ = write("sft", words: 9)
    let unread = try run("--pass-if", "high")
    #expect(unread.status == 1 && unread.errorLines.count == 1)
    let unscored = try run("--pass-if", "> 0")
    #expect(unscored.status == 2)
    #expect(unscored.hintLines.first?.contains("--score-field") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "out/metrics.csv")))
  }
}
