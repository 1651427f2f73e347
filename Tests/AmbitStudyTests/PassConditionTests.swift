import AmbitStudy
import Testing

@Suite struct PassConditionTests {
  @Test(arguments: [
    (">= 0.5", 0.5, true), (">=0.5", 0.49, false), ("> 0.5", 0.5, false), ("<= -1e3", -1000, true),
    (" < 2 ", 2, false), ("= 1", 1, true), ("==1", 0, false), ("!= 0", 1, true),
    ("== true", 1, true), ("== False", 1, false),
  ])
  func conditionsAreRead(_ text: String, _ score: Double, _ expected: Bool) throws {
    #expect(try PassCondition(parsing: text).passes(score) == expected)
  }

  @Test func textsAreReadBack() throws {
    for text in [">= 0.5", "< -2", "!= 0"] {
      let condition = try PassCondition(parsing: text)
      #expect(condition.text == text)
      #expect(PassCondition(condition.text) == condition)
    }
  }

  @Test(arguments: [
    ("0.5", "begins with no comparison"), ("", "begins with no comparison"),
    (">> 1", "`>>` is no comparison"), ("=> 1", "`=>` is no comparison"),
    (">=", "no number follows"), (">= high", "`high` is no number"), ("> nan", "is no number"),
    ("< 1 2", "`1 2` is no number"),
  ])
  func errorsSayWhichPart(_ text: String, _ part: String) {
    let error = #expect(throws: UsageError.self) { try PassCondition(parsing: text) }
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    #expect(error?.hint.isEmpty == false)
    #expect(PassCondition(text) == nil)
  }
}
