import Foundation
import Testing

/// The list of measures, as it was when someone last read it; see `HelpTests` for how to record it.
@Suite struct ListMeasuresTests {
  @Test func theListIsAsRecorded() throws {
    let process = try AmbitProcess.run(["run", "--list-measures"])
    #expect(process.status == 0)
    #expect(process.talk.isEmpty)
    try expectSnapshot(process.output, named: "list-measures")
  }

  @Test func theListOfProgramsHoldsTheSame() throws {
    struct Listing: Decodable {
      struct Family: Decodable {
        let id: String
        let measures: [Measure]
      }
      struct Measure: Decodable {
        let id: String
        let variants: [String]
        let scopes: [String]
        let space: String
        let polarity: String
        let summary: String
        let source: String
      }
      let families: [Family]
    }
    let process = try AmbitProcess.run(["run", "--list-measures", "--json"])
    #expect(process.status == 0)
    let families = try JSONDecoder().decode(Listing.self, from: Data(process.output.utf8)).families
    let words = Set(families.map(\.id))
    #expect(words.count == families.count && words.isSuperset(of: ["spread", "plane", "lexical"]))
    let text = try AmbitProcess.run(["run", "--list-measures"]).output
    for measure in families.flatMap(\.measures) {
      #expect(!words.contains(measure.id), "\(measure.id) is a family and a measure")
      #expect(
        text.split(separator: "\n").contains {
          $0.hasPrefix("  \(measure.id) ") && $0.contains(measure.summary)
            && $0.hasSuffix(measure.source)
        }, "\(measure.id)")
    }
  }

  @Test func aRunNeedsCheckpoints() throws {
    let process = try AmbitProcess.run(["run"])
    #expect(process.status == 1)
    #expect(process.errorLines.count == 1 && process.hintLines.count == 1)
  }
}
