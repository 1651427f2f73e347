import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// How long outputs are, in words.
enum LengthHistogramSource: FigureSource {
  typealias Drawn = LengthHistogramFigure

  private static let binCount = 24

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    let corpus = findings.corpus
    guard corpus.checkpoints.allSatisfy({ $0.source.vectors == nil }) else { return [] }
    let lengths = corpus.checkpoints.indices.map { index in
      corpus.records(of: index).map { $0.output.split(whereSeparator: \.isWhitespace).count }
        .sorted()
    }
    // The longest hundredth shares the last bin, or it would squash all others.
    let all = lengths.joined().sorted()
    guard let longest = all.last, longest > 0 else { return [] }
    let high = max(all[min(all.count - 1, all.count * 99 / 100)], 1)
    // Lengths are whole numbers: a bin reaches half a word beyond its first and its last.
    let width = Double(max(1, (high + binCount) / binCount))
    let bins = Int((Double(high + 1) / width).rounded(.up))
    let edges = (0...bins).map { Double($0) * width - 0.5 }
    let counts = lengths.map { own in
      var counts = [Int](repeating: 0, count: bins)
      for length in own { counts[min(bins - 1, Int(Double(length) / width))] += 1 }
      return counts
    }
    let names = findings.checkpoints
    let shown = ShownCheckpoints(of: names.names.count, baseline: corpus.baselineIndex)
    let figure = LengthHistogramFigure(
      checkpoints: FigureCheckpoints(
        shown.of(names.names), baseline: shown.place(of: corpus.baselineIndex),
        isOrdered: names.isOrdered),
      edges: edges, counts: shown.of(counts),
      medians: shown.of(lengths).map { own in own.isEmpty ? nil : Double(own[own.count / 2]) },
      lengthLabel: "words",
      text: FigureText(
        caption: "\(findings.words.counts).", notes: [shown.note].compactMap { $0 }))
    let caption = """
      Words an output, parted at white space; the last bin holds the longest hundredth too. Lines: \
      medians. Most measures of diversity move with length. \(findings.words.counts).
      """
    var table = CSVWriter(header: ["checkpoint", "from", "to", "outputs"])
    for (name, own) in zip(corpus.checkpointNames, counts) {
      for (bin, count) in own.enumerated() {
        table.append([
          name, DecimalText.shortest(edges[bin] + 0.5), DecimalText.shortest(edges[bin + 1] - 0.5),
          String(count),
        ])
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }
}
