/// What the values of a column are.
enum ParquetType: Equatable {
  case boolean
  case integer32, integer64
  case unsigned32, unsigned64
  case float, double
  case text
  /// A type that is not read, by name.
  case unread(String)

  /// The type of a leaf of the schema, from its physical, converted and logical type.
  init(_ element: ParquetMetadata.Element) {
    if let name = Self.unreadName(element) {
      self = .unread(name)
      return
    }
    let isUnsigned =
      element.logicalType == 10 && !element.isSigned
      || (11...14).contains(element.convertedType ?? -1)
    switch element.physicalType {
    case 0: self = .boolean
    case 1: self = isUnsigned ? .unsigned32 : .integer32
    case 2: self = isUnsigned ? .unsigned64 : .integer64
    case 3: self = .unread("96-bit timestamps")
    case 4: self = .float
    case 5: self = .double
    case 6: self = .text
    case 7: self = .unread("bytes of a fixed length")
    default: self = .unread("an unknown type")
    }
  }

  /// Numbers by the union of logical types and, before it was there, by converted type.
  private static func unreadName(_ element: ParquetMetadata.Element) -> String? {
    switch element.logicalType {
    case 5?: return "decimals"
    case 6?: return "dates"
    case 7?: return "times"
    case 8?: return "timestamps"
    case 13?: return "BSON"
    case let code? where code >= 16: return "an unknown type"
    default: break
    }
    switch element.convertedType {
    case 5?: return "decimals"
    case 6?: return "dates"
    case 7?, 8?: return "times"
    case 9?, 10?: return "timestamps"
    case 20?: return "BSON"
    case 21?: return "intervals"
    default: return nil
    }
  }

  /// Whether values are a fixed number of bytes; 0 for texts and bits.
  var width: Int {
    switch self {
    case .integer32, .unsigned32, .float: 4
    case .integer64, .unsigned64, .double: 8
    case .boolean, .text, .unread: 0
    }
  }

  /// Whether values are whole numbers.
  var isInteger: Bool {
    switch self {
    case .integer32, .integer64, .unsigned32, .unsigned64: true
    default: false
    }
  }

  /// Widens a stored number to 64 bits: integers by their sign, floats to doubles.
  func widened(_ word: UInt64) -> UInt64 {
    switch self {
    case .integer32: UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: word)))
    case .unsigned32: UInt64(UInt32(truncatingIfNeeded: word))
    case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: word))).bitPattern
    default: word
    }
  }
}
