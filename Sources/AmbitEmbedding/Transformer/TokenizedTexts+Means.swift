extension TokenizedTexts {
  /// Appends a row of `width` numbers per text to `values`: that of its window, of several windows the
  /// mean by their tokens, of none zeros.
  ///
  /// - Parameters:
  ///   - rows: a row per window.
  ///   - overhead: the ids of a window of several that are not its own share of the text.
  ///   - isNormalized: whether means are scaled to unit length.
  func appendMeans(
    of rows: FloatBuffer, width: Int, overhead: Int, isNormalized: Bool, to values: inout [Float]
  ) {
    for text in readings.indices {
      let windows = windowStarts[text]..<windowStarts[text + 1]
      switch windows.count {
      case 0: values.append(contentsOf: repeatElement(0, count: width))
      case 1:
        values += UnsafeBufferPointer(start: rows.start + windows.lowerBound * width, count: width)
      default:
        var sums = [Double](repeating: 0, count: width)
        for window in windows {
          let weight = Double(lengths[window] - overhead)
          for column in 0..<width {
            sums[column] += weight * Double(rows.start[window * width + column])
          }
        }
        let tokens = windows.reduce(0) { $0 + lengths[$1] - overhead }
        let divisor =
          isNormalized
          ? max(sums.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-12) : Double(tokens)
        values += sums.map { Float($0 / divisor) }
      }
    }
  }
}
