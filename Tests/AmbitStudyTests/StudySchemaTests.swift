import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitProjection
import AmbitRendering
import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

/// The JSON Schema for editors says what the reader takes, no more and no less.
@Suite struct StudySchemaTests {
  static let path = SharedData.repository.appendingPathComponent("assets/study.schema.json").path

  func schema() throws -> [String: Any] {
    let data = try #require(FileManager.default.contents(atPath: Self.path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  func properties(of object: Any?) throws -> [String: [String: Any]] {
    let object = try #require(object as? [String: Any])
    #expect(object["additionalProperties"] as? Bool == false)
    return try #require(object["properties"] as? [String: [String: Any]])
  }

  @Test func everyKeyIsThereAndNoOther() throws {
    let schema = try schema()
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(try properties(of: schema).keys.sorted() == StudyFile.keys)
    let definitions = try #require(schema["$defs"] as? [String: Any])
    #expect(
      try properties(of: definitions["checkpoint"]).keys.sorted() == StudyFile.entryKeys.sorted())
    #expect(
      try properties(of: definitions["decoding"]).keys.sorted()
        == DecodingSetting.knownNames.sorted())
  }

  @Test func everyKeySaysWhatItIs() throws {
    for (key, value) in try properties(of: schema()) where value["$ref"] == nil {
      #expect((value["description"] as? String)?.isEmpty == false, "\(key)")
    }
  }

  @Test func choicesAreThoseOfTheReader() throws {
    let properties = try properties(of: schema())
    func choices<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> [String]
    where Choice.RawValue == String { Choice.allCases.map(\.rawValue) }
    let expected = [
      "match": choices(MatchMode.self), "center": choices(Centring.self),
      "projection": choices(MapMethod.self), "map_colour": choices(MapColour.self),
      "compare": choices(InferenceSettings.Comparisons.self), "theme": choices(Theme.self),
      "venue": choices(Venue.self), "name_from": choices(NameSource.self),
    ]
    for (key, values) in expected {
      #expect(properties[key]?["enum"] as? [String] == values, "\(key)")
    }
    #expect(properties.filter { $0.value["enum"] != nil }.count == expected.count)
  }
}
