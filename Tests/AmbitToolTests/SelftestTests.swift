import AmbitTestSupport
import Foundation
import Testing

/// `ambit selftest`: the command itself; what it finds is tested with `SelfTest`.
@Suite struct SelftestTests {
  private let folder = TemporaryFolder()
  private static let few = ["--repeats", "20", "--resamples", "100", "--permutations", "99"]

  /// Outputs of a few words, none of them like another.
  private func write(prompts: Int, samples: Int) -> String {
    var random = SplitMix64Words(state: 3)
    let lines = (0..<prompts * samples).map { row in
      let words = (0..<8).map { _ in "w\(random.next(below: 30))" }.joined(separator: " ")
      return #"{"prompt":"say \#(row / samples)","output":"\#(words)"}"# + "\n"
    }
    return folder.write(lines.joined(), to: "x\(prompts).jsonl")
  }

  private func run(_ arguments: [String]) throws -> AmbitProcess {
    try AmbitProcess.run(["selftest"] + arguments)
  }

  @Test func outputsAgainstThemselvesShowNothing() throws {
    let arguments = [write(prompts: 8, samples: 6), "--embedder", "lexical"] + Self.few
    let process = try run(arguments)
    #expect(process.status == 0, "\(process.talk)\(process.output)")
    #expect(process.output.contains("known number"))
    #expect(!process.output.contains("WRONG"))
    #expect(process.output.contains("the samples of each prompt parted in random halves, 20 times"))
    #expect(process.talk.isEmpty)
    let json = try run(arguments + ["--json"])
    let facts = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((facts["faults"] as? [Any])?.isEmpty == true)
    let golden = try #require(facts["golden"] as? [[String: Any]])
    #expect(golden.count > 50 && golden.allSatisfy { $0["ok"] as? Bool == true })
    let halves = try #require(facts["halves"] as? [[String: Any]])
    let dispersion = try #require(
      halves.first { $0["metric"] as? String == "dispersion" && $0["scope"] as? String == "within" }
    )
    #expect((dispersion["effects"] as? [Double])?.count == 20)
    #expect(dispersion["tests"] as? Int == 20)
    // The same on any number of threads.
    #expect(try run(arguments + ["--json", "--threads", "1"]).output == json.output)
    // Another seed parts them otherwise.
    #expect(try run(arguments + ["--json", "--seed", "1"]).output != json.output)
  }

  @Test func theDemoIsTakenWhereNothingIsNamed() throws {
    let process = try run(Self.few)
    #expect(process.status == 0, "\(process.talk)\(process.output)")
    #expect(process.output.contains("base against itself"))
  }

  @Test func whatCannotBeTestedEndsWithItsCode() throws {
    let path = write(prompts: 3, samples: 1)
    let few = try run([path, "--repeats", "3"])
    #expect(few.status == 1 && few.errorLines.count == 1 && few.hintLines.count == 1)
    #expect(try run([folder.path(of: "none.jsonl")]).status == 2)
    let refused = try run([path, "--embedder", "lexical"])
    #expect(refused.status == 3 && refused.hintLines.count == 1, "\(refused.talk)")
  }
}

/// Numbers without a pattern.
private struct SplitMix64Words {
  var state: UInt64

  mutating func next(below bound: UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    let mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    return (mixed ^ (mixed >> 29)) % bound
  }
}
