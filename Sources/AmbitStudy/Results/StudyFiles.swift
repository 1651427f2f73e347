/// The files of a run in the order in which they are written.
struct StudyFiles {
  private(set) var all: [(name: String, bytes: [UInt8])] = []

  var names: [String] { all.map(\.name) }

  mutating func add(_ name: String, _ bytes: [UInt8]) { all.append((name, bytes)) }
  mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }
}
