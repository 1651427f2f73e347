import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// `lost_gained.jsonl`, of whole runs.
@Suite struct ClusterRunTests {
  let folder = TemporaryFolder()

  private static let themes = [
    "the tide rose over the harbour wall at night", "bake the bread until its crust is brown",
    "the function returns the sum of an array", "our senate passed the budget bill on monday",
    "violins and cellos play the second movement", "glaciers carve deep valleys in the rock",
    "the striker scored in the final minute", "stars collapse when their fuel is spent",
  ]

  /// Answers on some of the themes, each worded a little otherwise.
  private func outputs(_ name: String, themes: Range<Int>, seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    var text = ""
    for prompt in 0..<15 {
      for sample in 0..<6 {
        let theme = Self.themes[themes.lowerBound + random.index(below: themes.count)]
        let line =
          #"{"prompt_id": "p\#(prompt)", "sample": \#(sample), "prompt": "Say it, \#(prompt).","#
        text +=
          line + #" "output": "\#(theme), for the \#(random.index(below: 40))th time"}"# + "\n"
      }
    }
    return folder.write(text, to: "\(name).jsonl")
  }

  private struct Change: Decodable {
    struct Exemplar: Decodable {
      let checkpoint: String
      let prompt_id: String
      let sample: Int
      let prompt: String?
      let output: String?
    }
    let checkpoint: String
    let reference: String
    let kind: String
    let cluster: Int
    let checkpoint_size: Int
    let reference_size: Int
    let p_adjusted: Double
    let exemplars: [Exemplar]
  }

  private func changes(_ arguments: [String]) throws -> [Change] {
    let process = try AmbitProcess.run(
      ["run"] + arguments + [
        "--embedder", "lexical", "--out", folder.path(of: "results"), "--permutations", "199",
        "--resamples", "200", "--quiet",
      ])
    #expect(process.status == 0, "\(process.talk)")
    let data = FileManager.default.contents(atPath: folder.path(of: "results/lost_gained.jsonl"))
    return try #require(data).split(separator: 0x0A).map {
      try JSONDecoder().decode(Change.self, from: $0)
    }
  }

  @Test("a theme that is given up is shown by what the base wrote of it, a new one by what is new")
  func exemplars() throws {
    let base = outputs("base", themes: 0..<6, seed: 1)
    let tuned = outputs("tuned", themes: 2..<8, seed: 2)
    let changes = try changes(["base=\(base)", "tuned=\(tuned)"])
    var found: [String: Set<Int>] = [:]
    for change in changes {
      #expect(change.checkpoint == "tuned" && change.reference == "base")
      #expect(change.p_adjusted <= 0.05 && (1...3).contains(change.exemplars.count))
      #expect(min(change.checkpoint_size, change.reference_size) < 3)
      for exemplar in change.exemplars {
        #expect(exemplar.checkpoint == (change.kind == "lost" ? "base" : "tuned"))
        #expect(exemplar.prompt?.hasPrefix("Say it") == true && exemplar.prompt_id.hasPrefix("p"))
        let output = try #require(exemplar.output)
        found[change.kind, default: []].insert(
          try #require(Self.themes.firstIndex { output.hasPrefix($0) }))
      }
    }
    #expect(found == ["lost": [0, 1], "gained": [6, 7]])
  }

  @Test("the file is there, and empty, where nothing was lost")
  func nothing() throws {
    let base = outputs("base", themes: 0..<6, seed: 1)
    #expect(try changes(["base=\(base)", "copy=\(base)"]).isEmpty)
  }
}
