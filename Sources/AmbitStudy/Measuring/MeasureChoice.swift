import AmbitFormats
package import AmbitMeasures
import Foundation

/// Which measures a user wants: ids and families, those to leave out with a `-` before them.
///
/// Where nothing but words to leave out is given, all others are taken.
public struct MeasureChoice: Sendable, Equatable {
  /// What was given, each word once, without blanks.
  public let words: [String]

  /// Reads words that commas part; nothing is checked yet.
  public init(_ text: String) { self.init(words: [text]) }

  /// Reads a list of such texts.
  public init(words: [String]) {
    self.words = words.flatMap { $0.split(separator: ",") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  /// - Throws: `UsageError` for a word that is neither a measure nor a family, with the nearest as hint,
  ///   and where no measure is left.
  package func checked(among families: [MeasureFamily] = MeasureCatalogue.families) throws
    -> ChosenMeasures
  {
    var wanted = Set<String>()
    var named: [String] = []
    var unwanted = Set<String>()
    for word in words {
      let leavesOut = word.hasPrefix("-") || word.hasPrefix("−")
      let name = leavesOut ? String(word.dropFirst()) : word
      let ids = try Self.ids(of: name, among: families)
      if leavesOut {
        unwanted.formUnion(ids)
      } else {
        wanted.formUnion(ids)
        if !families.contains(where: { $0.id == name }) { named.append(name) }
      }
    }
    let all = families.flatMap { $0.measures.map(\.id) }
    if !words.isEmpty && words.allSatisfy({ $0.hasPrefix("-") || $0.hasPrefix("−") }) {
      wanted.formUnion(all)
    }
    wanted.subtract(unwanted)
    guard !wanted.isEmpty else {
      throw UsageError(
        "--measures leaves no measure", hint: "`ambit run --list-measures` lists what there is")
    }
    return ChosenMeasures(
      words: words, ids: wanted, named: named.filter { wanted.contains($0) })
  }

  private static func ids(of name: String, among families: [MeasureFamily]) throws -> [String] {
    if let family = families.first(where: { $0.id == name }) { return family.measures.map(\.id) }
    let ids = families.flatMap { $0.measures.map(\.id) }
    guard ids.contains(name) else {
      var seen = Set<String>()
      let known = (families.map(\.id) + ids).filter { seen.insert($0).inserted }
      throw UsageError(
        "`\(TerminalText.oneLine(name))` is not a measure or a family of measures",
        hint: NearestNames.hint(for: name, among: known)
          ?? "`ambit run --list-measures` lists what there is")
    }
    return [name]
  }
}
