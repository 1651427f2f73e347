import AmbitMeasures
import AmbitStudy
import Testing

@Suite struct MeasureChoiceTests {
  func chosen(_ text: String) throws -> Set<String> {
    let choice = try MeasureChoice(text).checked()
    return Set(
      MeasureCatalogue.families.flatMap(\.measures).filter { choice.contains($0) }.map(\.id))
  }

  @Test func idsAndFamiliesAreTaken() throws {
    #expect(try chosen("rke") == ["rke"])
    #expect(try chosen(" rke , mmd,") == ["rke", "mmd"])
    let spread = try chosen("spread")
    #expect(spread.isSuperset(of: ["dispersion", "rke", "vendi"]) && !spread.contains("hull_area"))
    #expect(try chosen("plane,rke").isSuperset(of: ["hull_area", "hull_kept", "rke"]))
  }

  @Test func aDashLeavesOut() throws {
    let all = Set(MeasureCatalogue.families.flatMap(\.measures).map(\.id))
    #expect(try chosen("-vendi") == all.subtracting(["vendi"]))
    #expect(try chosen("spread,-vendi") == (try chosen("spread")).subtracting(["vendi"]))
    #expect(try chosen("spread,sets,-sets") == (try chosen("spread")))
  }

  @Test(arguments: [
    ("rkee", "`rke`"), ("planes", "`plane`"), ("-vndi", "`vendi`"),
    ("zzzzzzzzzz", "--list-measures"),
    ("rke,-rke", "--list-measures"), (",", "--list-measures"),
  ]) func whatCannotBeMeantHasAHint(_ text: String, hint: String) {
    do {
      _ = try MeasureChoice(text).checked()
      Issue.record("\(text) was taken")
    } catch let error as UsageError {
      #expect(error.hint.contains(hint), "\(error)")
    } catch {
      Issue.record(error)
    }
  }

  func row(_ metric: String, value: Double?) -> Measurement {
    var row = SmallStudy.primary
    row.metric = metric
    row.value = value
    if value == nil { row.flags = [.fewSamples] }
    return row
  }

  @Test func aNamedMeasureWithoutAValueIsARefusal() throws {
    let refused = [row("rke", value: nil), row("mmd", value: 0.1)]
    let error = #expect(throws: Refusal.self) {
      try MeasureChoice("rke,mmd").checked().checkTaken(refused)
    }
    #expect(error?.message.contains("`rke`") == true)
    #expect(error?.message.contains("samples per prompt") == true)
    // The family was named, not the measure.
    try MeasureChoice("spread,sets").checked().checkTaken(refused)
    try MeasureChoice("mmd").checked().checkTaken(refused)
    // One of its rows has a value.
    try MeasureChoice("rke").checked().checkTaken(refused + [row("rke", value: 2)])
    // Nothing is left; or there are no rows at all.
    #expect(throws: Refusal.self) {
      try MeasureChoice("spread").checked().checkTaken([row("rke", value: nil)])
    }
    #expect(throws: Refusal.self) { try MeasureChoice("distinct").checked().checkTaken(refused) }
  }
}
