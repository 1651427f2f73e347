/// The files of a run in the order in which they are written, each made when its turn comes.
struct StudyFiles {
  /// Gives the bytes of a file, part after part, to the function it gets.
  typealias Parts = (_ write: ([UInt8]) throws -> Void) throws -> Void

  private(set) var all: [(name: String, parts: Parts)] = []

  var names: [String] { all.map(\.name) }

  mutating func add(_ name: String, parts: @escaping Parts) { all.append((name, parts)) }

  mutating func add(_ name: String, _ bytes: @escaping @autoclosure () throws -> [UInt8]) {
    add(name) { write in try write(bytes()) }
  }

  mutating func add(_ name: String, text: String) { add(name, Array(text.utf8)) }

  /// Figures, what they draw, and their captions.
  mutating func add(_ drawn: [DrawingStage.Drawn], notes: [StudyNote]) {
    for one in drawn {
      for (name, file) in zip(one.fileNames, one.files) { add(name, file.bytes) }
      add("figures/data/\(one.figure.name).csv", one.figure.table)
      add("figures/data/\(one.figure.name).json", try FigureDataFile(one.figure).bytes)
    }
    let captions = Captions(figures: drawn.map(\.figure), notes: notes)
    add("figures/captions.md", text: captions.markdown)
    add("figures/captions.tex", text: captions.latex)
  }
}
