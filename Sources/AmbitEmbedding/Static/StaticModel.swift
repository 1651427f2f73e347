internal import AmbitFormats
internal import AmbitMatrix

/// A table of token vectors with its tokenizer and the rule that makes one vector of many.
struct StaticModel: Sendable {
  let tokenizer: TextTokenizer
  let table: StaticTable
  let pooling: StaticPooling
  /// Which row belongs to a token id; nil where row i is that of id i.
  let mapping: [Int32]?

  /// What one thread needs to read texts; used again for each.
  struct Scratch {
    var ids: [Int32] = []
    /// How often each token id was met; zero between texts.
    var counts: [Int32]
    /// c^p for small c.
    let powers: [Float]

    init(_ model: StaticModel) {
      switch model.pooling {
      case .mean:
        counts = []
        powers = []
      case .dampedBag(let power, let weights, _, _):
        counts = [Int32](repeating: 0, count: weights.count)
        powers = (0..<512).map { Float(Elementary.pow(Double($0), power)) }
      }
    }
  }

  /// Writes the unit vector of `text`; zeros where there is nothing to read.
  func embed(
    _ text: String, limit: Int, scratch: inout Scratch, into target: UnsafeMutablePointer<Float>
  ) -> EmbeddedTexts.Reading {
    let dimension = table.dimension
    for column in 0..<dimension { target[column] = 0 }
    scratch.ids.removeAll(keepingCapacity: true)
    let counts: (tokenCount: Int, unknownCount: Int, isTruncated: Bool)
    var isCut = false
    switch pooling {
    case .mean(let weights, let characterLimit, let isHalf):
      var text = text
      if let characterLimit, text.utf8.count > characterLimit {
        (text, isCut) = Self.cut(text, toScalars: characterLimit)
      }
      counts = tokenizer.appendIds(of: text, limit: limit, isFramed: false, to: &scratch.ids)
      addMean(weights: weights, ids: scratch.ids, isHalf: isHalf, to: target)
    case .dampedBag(let power, let weights, let offset, let frameRow):
      counts = tokenizer.appendIds(of: text, limit: limit, isFramed: false, to: &scratch.ids)
      addBag(
        power: power, weights: weights, offset: offset, frameRow: frameRow, scratch: &scratch,
        to: target)
    }
    var reading = EmbeddedTexts.Reading(
      tokenCount: counts.tokenCount, unknownCount: counts.unknownCount,
      isTruncated: counts.isTruncated || isCut)
    if !scaleToUnitLength(target, count: dimension) {
      reading.tokenCount = 0
      reading.unknownCount = 0
    }
    return reading
  }

  private func addMean(
    weights: [Float]?, ids: [Int32], isHalf: Bool, to target: UnsafeMutablePointer<Float>
  ) {
    let unknown = tokenizer.unknownId ?? -1
    var count: Float = 0
    for id in ids where id != unknown {
      count += 1
      let row = mapping.map { Int($0[Int(id)]) } ?? Int(id)
      table.add(row: row, weight: weights?[Int(id)] ?? 1, to: target)
    }
    // Otherwise the length is no matter: rows are scaled to unit length anyway.
    guard isHalf, count > 0 else { return }
    for column in 0..<table.dimension {
      target[column] = HalfPrecision.rounded(target[column] / count)
    }
  }

  private func addBag(
    power: Double, weights: [Float], offset: [Float], frameRow: Int?, scratch: inout Scratch,
    to target: UnsafeMutablePointer<Float>
  ) {
    guard !scratch.ids.isEmpty else { return }
    for id in scratch.ids { scratch.counts[Int(id)] += 1 }
    var squares = 0.0
    if let frameRow {
      table.add(row: frameRow, weight: 1, to: target)
      squares = Double(weights[frameRow]) * Double(weights[frameRow])
    }
    // In the order in which tokens are first met: the sum depends on the text alone.
    for id in scratch.ids {
      let count = Int(scratch.counts[Int(id)])
      guard count > 0 else { continue }
      scratch.counts[Int(id)] = 0
      let damped =
        count < scratch.powers.count
        ? scratch.powers[count] : Float(Elementary.pow(Double(count), power))
      table.add(row: mapping.map { Int($0[Int(id)]) } ?? Int(id), weight: damped, to: target)
      let size = Double(damped * weights[Int(id)])
      squares += size * size
    }
    let scale = squares > 0 ? Float(1 / squares.squareRoot()) : 0
    for column in offset.indices { target[column] = target[column] * scale + offset[column] }
  }

  private func scaleToUnitLength(_ row: UnsafeMutablePointer<Float>, count: Int) -> Bool {
    var squares = 0.0
    for column in 0..<count { squares += Double(row[column]) * Double(row[column]) }
    guard squares > 0, squares.isFinite else {
      for column in 0..<count { row[column] = 0 }
      return false
    }
    let scale = Float(1 / squares.squareRoot())
    for column in 0..<count { row[column] *= scale }
    return true
  }

  /// The first `count` code points of a text, and whether there are more.
  private static func cut(_ text: String, toScalars count: Int) -> (String, Bool) {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex)
    else { return (text, false) }
    return (String(scalars[..<end]), end < scalars.endIndex)
  }
}
