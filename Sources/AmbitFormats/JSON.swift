/// A JSON value of its own, to be built and written; objects keep the order of their members.
public enum JSON: Sendable, Equatable {
  /// JSON's kinds, with integers apart so that they are written without a point.
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object(JSONObject)

  /// The text, where this is a string.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The elements, where this is an array.
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }

  /// The object, where this is one.
  public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

  /// The number, integer or not.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The member of that name; nil where this is no object or has none.
  public subscript(name: String) -> JSON? { object?[name] }

  /// What kind of value this is.
  public var kind: JSONValue.Kind {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}

/// The members of a JSON object in the order in which they were added.
///
/// Looking up a member is linear: objects here are small. Names are compared byte by byte, so that two
/// spellings of an accented letter stay two names.
public struct JSONObject: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// The members in order; no name occurs twice.
  public private(set) var members: [(name: String, value: JSON)] = []

  /// An object without members.
  public init() {}

  /// An object with the given members; of two with the same name the last value counts.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    for (name, value) in elements { self[name] = value }
  }

  /// The value of a member; setting it appends a new one or replaces in place, nil removes.
  public subscript(name: String) -> JSON? {
    get { index(of: name).map { members[$0].value } }
    set {
      switch (index(of: name), newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((name, value))
      case (nil, nil): break
      }
    }
  }

  private func index(of name: String) -> Int? {
    members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// Whether both have equal members in the same order.
  public static func == (a: JSONObject, b: JSONObject) -> Bool {
    a.members.elementsEqual(b.members) {
      $0.name.utf8.elementsEqual($1.name.utf8) && $0.value == $1.value
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// An array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object; of two members with the same name the last value counts.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    var object = JSONObject()
    for (name, value) in elements { object[name] = value }
    self = .object(object)
  }
}
