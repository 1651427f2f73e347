package import AmbitMatrix

/// How far a model's held-out vectors spread beside the teacher's, and how to bring them there.
///
/// A regression shrinks what it cannot tell towards what all texts share, which is the intercept and, in
/// short texts above all, the frame. Both are divided by a gain, so that texts of every length spread as
/// the teacher spreads them. The frame goes half of the way on a log scale: short pieces are fragments,
/// and whole answers of that length, which are more alike, would be spread too far by all of it.
package struct Spread {
  /// What is divided by what.
  package struct Gains: Equatable {
    package var mean: Double
    package var frame: Double

    package init(mean: Double = 1, frame: Double = 1) {
      self.mean = mean
      self.frame = frame
    }
  }

  /// A row a text, with the frame's part.
  let deviations: Matrix
  /// The frame's row.
  let frame: [Float]
  /// By how much of the frame's row each text was moved.
  let frameShares: [Float]
  let mean: [Double]
  /// The teacher's rows.
  let wanted: Matrix
  let wordCounts: [Int]

  package init(
    deviations: Matrix, frame: [Float], frameShares: [Float], mean: [Double], wanted: Matrix,
    wordCounts: [Int]
  ) {
    self.deviations = deviations
    self.frame = frame
    self.frameShares = frameShares
    self.mean = mean
    self.wanted = wanted
    self.wordCounts = wordCounts
  }

  /// The gains with the least squared log ratios of dispersion, summed over ranges of length.
  package func bestGains() -> Gains {
    let bins = WordCountBin.all.map { bin in
      wordCounts.indices.filter { bin.words.contains(wordCounts[$0]) }
    }.filter { $0.count >= Self.fewestTexts }
    let groups = bins.isEmpty ? [Array(wordCounts.indices)] : bins
    let goals = groups.map { EmbeddingFidelity.dispersion(of: wanted, $0) }
    var best = (gains: Gains(), error: Double.infinity)
    for frameStep in 0...8 {
      for meanStep in -4...8 {
        let gains = Gains(
          mean: Elementary.pow(2, Double(meanStep) / 4),
          frame: Elementary.pow(2, Double(frameStep) / 4))
        let rows = self.rows(gains)
        let error = zip(groups, goals).reduce(0.0) { sum, group in
          let reached = EmbeddingFidelity.dispersion(of: rows, group.0)
          guard reached > 0, group.1 > 0 else { return sum }
          let ratio = Elementary.log(reached / group.1)
          return sum + ratio * ratio
        }
        if error < best.error { best = (gains, error) }
      }
    }
    return Gains(mean: best.gains.mean, frame: best.gains.frame.squareRoot())
  }

  private static let fewestTexts = 20

  private func rows(_ gains: Gains) -> Matrix {
    var moved = deviations
    let columns = frame.count
    let less = Float(1 - 1 / gains.frame)
    moved.values.withUnsafeMutableBufferPointer { values in
      for row in frameShares.indices {
        let share = less * frameShares[row]
        for column in 0..<columns { values[row * columns + column] -= share * frame[column] }
      }
    }
    return Self.unitRows(moved, plus: mean.map { $0 / gains.mean })
  }

  /// Rows of `mean + deviation`, scaled to unit length.
  package static func unitRows(_ deviations: Matrix, plus mean: [Double]) -> Matrix {
    var rows = deviations
    let columns = mean.count
    let offset = mean.map { Float($0) }
    rows.values.withUnsafeMutableBufferPointer { values in
      for start in stride(from: 0, to: values.count, by: columns) {
        var squares = 0.0
        for column in 0..<columns {
          values[start + column] += offset[column]
          squares += Double(values[start + column]) * Double(values[start + column])
        }
        let scale = squares > 0 ? Float(1 / squares.squareRoot()) : 0
        for column in 0..<columns { values[start + column] *= scale }
      }
    }
    return rows
  }
}
