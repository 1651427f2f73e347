/// The files of a run in the order in which they are written.
struct StudyFiles {
  private(set) var all: [(name: String, bytes: [UInt8])] = []

  var names: [String] { all.map(\.name) }

  mutating func add(_ name: String, _ bytes: [UInt8]) { all.append((name, bytes)) }
  /// Figures, what they draw, and their captions.
  mutating func add(_ drawn: [DrawingStage.Drawn], notes: [StudyNote]) throws {
    for one in drawn {
      for (name, file) in zip(one.fileNames, one.files) { add(name, file.bytes) }
      add("figures/data/\(one.figure.name).csv", one.figure.table)
      add("figures/data/\(one.figure.name).json", try FigureDataFile(one.figure).bytes)
    }
    let captions = Captions(figures: drawn.map(\.figure), notes: notes)
    add("figures/captions.md", captions.markdown)
    add("figures/captions.tex", captions.latex)
  }

  mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }
}
