import AmbitCorpus
import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// In which order folders, patterns and words are taken, and what of a folder is left.
@Suite struct CheckpointOrderTests {
  let folder = TemporaryFolder()

  init() {
    for name in ["phi-2-sft.json", "phi-2.json", "phi-2-dpo.json"] {
      folder.write("[{\"prompt\": \"q\", \"output\": \"a\"}]\n", to: name)
    }
  }

  static let expected = ["phi-2", "phi-2-dpo", "phi-2-sft"]

  func resolve(_ words: [String], baseline: String? = nil) throws -> CheckpointArguments.Resolved {
    try CheckpointArguments(words, baseline: baseline).resolve()
  }

  @Test("names are ordered without their suffixes, and the baseline is said") func stems() throws {
    for word in [folder.path, folder.path(of: "phi*.json")] {
      let found = try resolve([word])
      #expect(found.checkpoints.map(\.name) == Self.expected)
      #expect(found.notices.map(\.code) == [.baselineChosen])
      #expect(found.notices[0].text == "the baseline is `phi-2`, the first in natural order")
      #expect(found.notices[0].hint?.contains("--baseline") == true)
      #expect(try resolve([word], baseline: "phi-2-sft").notices.isEmpty)
    }
  }

  @Test("words in a shell's order are reordered, and that is said") func expanded() throws {
    let words = ["phi-2-dpo.json", "phi-2-sft.json", "phi-2.json"].map { folder.path(of: $0) }
    let found = try resolve(words)
    #expect(found.checkpoints.map(\.name) == Self.expected)
    #expect(found.notices.map(\.code) == [.orderedNaturally, .baselineChosen])
    #expect(found.notices[0].text.hasSuffix("phi-2, phi-2-dpo, phi-2-sft"))
    #expect(try resolve(words, baseline: "phi-2").notices.map(\.code) == [.orderedNaturally])
    #expect(try resolve(["base=\(words[2])", words[0]]).notices.isEmpty)
    #expect(try resolve([words[2], words[0]]).notices.isEmpty, "already in natural order")
  }

  @Test("folders are ordered before the files in them") func folders() throws {
    for name in ["m-2-dpo", "m-2"] {
      folder.write("[{\"prompt\": \"q\", \"output\": \"a\"}]\n", to: "\(name)/\(name)-out.json")
    }
    #expect(
      try resolve([folder.path(of: "m*/*.json")]).checkpoints.map(\.name) == [
        "m-2-out", "m-2-dpo-out",
      ])
  }

  @Test("what an earlier run wrote into the folder is skipped once") func ownResults() throws {
    folder.write(
      #"{"tool": "ambit", "files": ["metrics.csv", "basis.npz", "figures/map.svg"]}"#,
      to: "manifest.json")
    folder.write("space,metric\nlexical,spread\n", to: "metrics.csv")
    folder.write(
      NPZArchive.encoded([("x", NPYArray(shape: [1, 1], floats: [1]))]), to: "basis.npz")
    let found = try resolve([folder.path])
    #expect(found.checkpoints.map(\.name) == Self.expected)
    #expect(found.notices.map(\.code) == [.fileSkipped, .baselineChosen])
    #expect(found.notices[0].count == 3)
    folder.write(#"{"tool": "another", "files": ["basis.npz"]}"#, to: "manifest.json")
    #expect(throws: InputError.self) { try resolve([folder.path]) }
  }

  @Test("folders that hold no files say what they hold") func hints() throws {
    folder.write("[]", to: "outer/inner/x.json")
    let outer = #expect(throws: InputError.self) { try resolve([folder.path(of: "outer")]) }
    #expect(outer?.hint?.contains("sub-folders are not searched") == true)
    folder.write(#"{"tool": "ambit", "files": []}"#, to: "results/manifest.json")
    let results = #expect(throws: InputError.self) { try resolve([folder.path(of: "results")]) }
    #expect(results?.message.contains("results of ambit") == true)
    #expect(System.listing(ofFolder: folder.path(of: "nowhere")) == nil)
  }

  @Test("files that are no checkpoint are to be left out") func noCheckpoint() throws {
    let questions = folder.write("{\"question_id\": 1, \"text\": \"q\"}\n", to: "q/question.jsonl")
    let pairs = folder.write(
      "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\"}\n", to: "q/pairs.jsonl")
    for (path, word) in [(questions, "--prompts FILE"), (pairs, "judged pairs")] {
      let error = #expect(throws: InputError.self) {
        try resolve([folder.path(of: "phi-2.json"), path])
      }
      #expect(error?.hint?.hasPrefix("leave this file out") == true)
      #expect(error?.hint?.contains(word) == true)
    }
  }
}
