import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

/// Random tables of any nesting come back as they went in.
@Suite struct RandomParquetTests {
  private static func node(_ random: inout SplitMix64, depth: Int) -> ParquetEncoder.Node {
    let isOptional = random.index(below: 2) == 0
    switch depth < 3 ? random.index(below: 4) : 0 {
    case 2:
      return .structure(parts(&random, depth: depth + 1), isOptional: isOptional)
    case 3:
      let style = ParquetEncoder.ListStyle.allCases[random.index(below: 3)]
      var part = node(&random, depth: depth + 1)
      // The repeated field of the older styles is the element itself, which then is never null.
      if style != .standard {
        part =
          random.index(below: 2) == 0
          ? .leaf(leaf(&random), isOptional: false)
          : .structure(parts(&random, depth: depth + 1), isOptional: false)
      }
      // In the standard form a repeated field alone in the repeated group makes that group the element.
      if style == .standard, case .list(let inner, .bare, let isOptional) = part {
        part = .list(inner, style: .legacy, isOptional: isOptional)
      }
      return .list(part, style: style, isOptional: isOptional)
    default: return .leaf(leaf(&random), isOptional: isOptional)
    }
  }

  private static func leaf(_ random: inout SplitMix64) -> ParquetEncoder.Leaf {
    ParquetEncoder.Leaf.allCases[random.index(below: 5)]
  }

  private static func parts(
    _ random: inout SplitMix64, depth: Int
  ) -> [(name: String, node: ParquetEncoder.Node)] {
    (0...random.index(below: 3)).map { ("f\($0)", node(&random, depth: depth)) }
  }

  private static func value(_ node: ParquetEncoder.Node, _ random: inout SplitMix64) -> JSON {
    switch node {
    case .leaf(_, true) where random.index(below: 3) == 0: return .null
    case .structure(_, true) where random.index(below: 3) == 0: return .null
    case .list(_, let style, true) where style != .bare && random.index(below: 4) == 0: return .null
    case .leaf(let leaf, _):
      let number = random.index(below: 5)
      switch leaf {
      case .boolean: return .boolean(number > 2)
      case .int32: return .integer([0, -1, Int(Int32.min), Int(Int32.max), 7][number])
      case .int64: return .integer([0, -1, Int.min, Int.max, 7][number])
      case .double: return .number([0.5, -1e300, 1e-300, 2.25, -0.125][number])
      case .text: return .string(["", "a", "two words", "\"line\n\"", "東京"][number])
      }
    case .structure(let parts, _):
      var object = JSONObject()
      for part in parts { object[part.name] = value(part.node, &random) }
      return .object(object)
    case .list(let part, _, _):
      return .array((0..<random.index(below: 4)).map { _ in value(part, &random) })
    }
  }

  @Test("any schema, row groups and pages") func roundTrip() {
    forEachSeed(600) { random in
      let fields = Self.parts(&random, depth: 0)
      let rows = (0..<1 + random.index(below: 40)).map { _ in
        Self.value(.structure(fields, isOptional: false), &random)
      }
      var encoder = ParquetEncoder(fields)
      let bytes = encoder.file(rows, &random)
      let file = try ParquetFile(InputBytes(bytes))
      let found = try ParquetFixtures.rows(file.jsonLines())
      try require(found.count == rows.count, "\(found.count) rows of \(rows.count)")
      for (index, (found, row)) in zip(found, rows).enumerated() {
        try require(found.says(row), "row \(index): \(found) is not \(row); \(fields)")
      }
      let limit = random.index(below: rows.count + 1)
      let first = try ParquetFixtures.rows(file.jsonLines(rowLimit: limit))
      try require(
        first.count == limit && zip(first, rows).allSatisfy { $0.says($1) }, "other first rows")
    }
  }
}
