internal import AmbitMatrix

/// The per-prompt moments of one checkpoint: all that any reweighting of its prompts needs.
struct MomentUnits: Sendable {
  /// Per unit, the terms that a weighted sum adds up: see `PromptMoments`.
  let linear: [SIMD8<Double>]
  /// The mean of each unit, about the mean of all rows.
  let means: Matrix
  /// The sum of each unit's rows about the same centre, where units differ in size.
  let sums: Matrix?
  /// The common size of the units, where they have one.
  let size: Double

  var count: Int { linear.count }

  init(_ rows: Matrix, offsets: [Int], workers: Workers) {
    let centre = rows.columnMeans()
    let width = rows.columnCount
    let units = workers.map(offsets.count - 1) { unit in
      let range = offsets[unit]..<offsets[unit + 1]
      let count = Double(range.count)
      var mean = [Double](repeating: 0, count: width)
      for row in range {
        for column in 0..<width {
          mean[column] += Double(rows.values[row * width + column]) - centre[column]
        }
      }
      for column in 0..<width { mean[column] /= count }
      var scatter = 0.0
      if range.count > 1 {
        for row in range {
          for column in 0..<width {
            let offset =
              Double(rows.values[row * width + column]) - centre[column] - mean[column]
            scatter += offset * offset
          }
        }
      }
      let norm = mean.reduce(0) { $0 + $1 * $1 }
      let trace = range.count > 1 ? scatter / (count - 1) : 0
      let linear = SIMD8<Double>(
        1, norm, trace, trace / count, count, count * norm + scatter, 0, 0)
      return (linear, mean)
    }
    linear = units.map(\.0)
    means = Matrix(
      rowCount: units.count, columnCount: width, values: units.flatMap { $0.1.map(Float.init) })
    size = units.first?.0[4] ?? 0
    let common = size
    sums =
      units.allSatisfy { $0.0[4] == common }
      ? nil
      : Matrix(
        rowCount: units.count, columnCount: width,
        values: units.flatMap { unit in unit.1.map { Float($0 * unit.0[4]) } })
  }

  private init(linear: [SIMD8<Double>], means: Matrix, sums: Matrix?, size: Double) {
    self.linear = linear
    self.means = means
    self.sums = sums
    self.size = size
  }

  /// The sums of all rows of each unit, whatever the sizes.
  private var explicitSums: Matrix {
    if let sums { return sums }
    let scale = Float(size)
    return Matrix(
      rowCount: means.rowCount, columnCount: means.columnCount,
      values: means.values.map { $0 * scale })
  }

  /// The units of both, one list after the other.
  func joined(with other: MomentUnits) -> MomentUnits {
    let sameSize = sums == nil && other.sums == nil && size == other.size
    return MomentUnits(
      linear: linear + other.linear, means: .stacked([means, other.means]),
      sums: sameSize ? nil : .stacked([explicitSums, other.explicitSums]), size: size)
  }

  /// Unit by unit, the other's moments less these: what an exchange adds.
  func difference(to other: MomentUnits) -> MomentUnits {
    func minus(_ a: Matrix, _ b: Matrix) -> Matrix {
      Matrix(
        rowCount: a.rowCount, columnCount: a.columnCount,
        values: zip(a.values, b.values).map { $0 - $1 })
    }
    let sameSize = sums == nil && other.sums == nil && size == other.size
    return MomentUnits(
      linear: zip(other.linear, linear).map { $0 - $1 }, means: minus(other.means, means),
      sums: sameSize ? nil : minus(other.explicitSums, explicitSums), size: size)
  }

  /// The sums over all units, as the start from which a regrouping departs.
  var total: MomentOrigin {
    var sum = SIMD8<Double>.zero
    for terms in linear { sum += terms }
    return MomentOrigin(
      linear: sum, means: Self.columnSums(means), sums: sums.map(Self.columnSums), size: size)
  }

  private static func columnSums(_ matrix: Matrix) -> [Double] {
    var sums = [Double](repeating: 0, count: matrix.columnCount)
    for row in 0..<matrix.rowCount {
      for column in sums.indices {
        sums[column] += Double(matrix.values[row * sums.count + column])
      }
    }
    return sums
  }
}

/// Sums of moments over some units, to which weighted units are added or from which they are taken.
struct MomentOrigin: Sendable {
  var linear: SIMD8<Double>
  var means: [Double]
  var sums: [Double]?
  var size: Double

  /// The origin of nothing, for plain weighted sums of `units`.
  static func zero(for units: MomentUnits) -> MomentOrigin {
    let empty = [Double](repeating: 0, count: units.means.columnCount)
    return MomentOrigin(
      linear: .zero, means: empty, sums: units.sums == nil ? nil : empty, size: units.size)
  }

  /// The moments of these sums alone.
  var moments: PromptMoments {
    let norm = means.reduce(0) { $0 + $1 * $1 }
    let ofSums = sums.map { $0.reduce(0) { $0 + $1 * $1 } } ?? size * size * norm
    return PromptMoments(linear: linear, normOfMeans: norm, normOfSums: ofSums)
  }
}

extension PromptMoments {
  /// From the additive terms (prompts, mean norms, traces, scaled traces, rows, squares) and norms.
  init(linear: SIMD8<Double>, normOfMeans: Double, normOfSums: Double) {
    prompts = linear[0]
    meanNorms = linear[1]
    self.normOfMeans = normOfMeans
    traces = linear[2]
    scaledTraces = linear[3]
    rows = linear[4]
    squares = linear[5]
    self.normOfSums = normOfSums
  }
}
