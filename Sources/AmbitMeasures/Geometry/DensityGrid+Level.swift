internal import AmbitMatrix

extension DensityGrid {
  /// The area, in squared bandwidths, where the sum is at least `level`, which is positive.
  ///
  /// Chords between crossings of the grid's lines err as the square of the step, so the areas with every
  /// node and with every second one give a far better third (Richardson): within 0.1 %.
  func area(atLeast level: Double) -> Double {
    let (fine, coarse) = (area(atLeast: level, stride: 1), area(atLeast: level, stride: 2))
    return max(0, (4 * fine - coarse) / 3)
  }

  private func area(atLeast level: Double, stride: Int) -> Double {
    var whole = 0
    var parts = 0.0
    var y = 0
    while y + stride < height {
      var x = 0
      while x + stride < width {
        let corners = (
          node(x, y), node(x + stride, y), node(x + stride, y + stride), node(x, y + stride)
        )
        let inside =
          (corners.0 >= level ? 1 : 0) + (corners.1 >= level ? 1 : 0)
          + (corners.2 >= level ? 1 : 0) + (corners.3 >= level ? 1 : 0)
        if inside == 4 {
          whole += 1
        } else if inside > 0 {
          parts += Self.share(of: corners, atLeast: level)
        }
        x += stride
      }
      y += stride
    }
    let side = step * Double(stride)
    return (Double(whole) + parts) * side * side
  }

  /// The share of a cell with some but not all corners inside.
  private static func share(
    of corners: (Double, Double, Double, Double), atLeast level: Double
  ) -> Double {
    let values = SIMD4(corners.0, corners.1, corners.2, corners.3)
    let isSaddle =
      (values[0] >= level) == (values[2] >= level) && (values[1] >= level) == (values[3] >= level)
    if isSaddle && !isMiddleInside(values, level) {
      var total = 0.0
      for side in 0..<4 where values[side] >= level {
        let before = (side + 3) % 4
        let a = crossing(before, values[before], values[side], level) - corner(side)
        let b = crossing(side, values[side], values[(side + 1) % 4], level) - corner(side)
        total += abs(a.x * b.y - a.y * b.x) / 2
      }
      return total
    }
    // The polygon of inside corners and crossings, by its shoelace sum in the order around the cell.
    var first: SIMD2<Double>?
    var previous = SIMD2<Double>.zero
    var twice = 0.0
    func visit(_ point: SIMD2<Double>) {
      if first == nil { first = point }
      twice += previous.x * point.y - previous.y * point.x
      previous = point
    }
    for side in 0..<4 {
      let (here, after) = (values[side], values[(side + 1) % 4])
      // The step from the cell's origin to the first point adds nothing.
      if here >= level { visit(corner(side)) }
      if (here >= level) != (after >= level) { visit(crossing(side, here, after, level)) }
    }
    if let first { visit(first) }
    return twice / 2
  }

  /// The corners of a cell, counter-clockwise from its origin.
  static func corner(_ side: Int) -> SIMD2<Double> {
    switch side {
    case 0: SIMD2(0, 0)
    case 1: SIMD2(1, 0)
    case 2: SIMD2(1, 1)
    default: SIMD2(0, 1)
    }
  }

  /// Where the level is crossed between corner `side` and the next, linearly in the logarithm.
  static func crossing(
    _ side: Int, _ here: Double, _ after: Double, _ level: Double
  ) -> SIMD2<Double> {
    // A node beyond every bump holds 0; anything far below the level serves.
    let floor = level * 1e-12
    let (from, to) = (Elementary.log(max(here, floor)), Elementary.log(max(after, floor)))
    let share = (Elementary.log(level) - from) / (to - from)
    let start = corner(side)
    return start + (corner((side + 1) % 4) - start) * min(1, max(0, share))
  }

  /// Whether the middle of a cell counts as inside, which decides a saddle.
  static func isMiddleInside(_ values: SIMD4<Double>, _ level: Double) -> Bool {
    values.sum() / 4 >= level
  }

  /// The sides between which the outline runs through a cell, inside on its left.
  static func crossings(_ values: SIMD4<Double>, _ level: Double) -> [(from: Int, to: Int)] {
    var leaving: [Int] = []
    var entering: [Int] = []
    for side in 0..<4 {
      let (here, after) = (values[side] >= level, values[(side + 1) % 4] >= level)
      if here && !after { leaving.append(side) }
      if !here && after { entering.append(side) }
    }
    // Around the cell counter-clockwise the inside ends where the outline starts inwards.
    if leaving.count == 1 { return [(leaving[0], entering[0])] }
    if leaving.count != 2 { return [] }
    let joinsAhead = isMiddleInside(values, level)
    // Joined: each outline cuts one outside corner off; else each cuts one inside corner off.
    return leaving.map { side in
      (side, joinsAhead ? (side + 1) % 4 : (side + 3) % 4)
    }
  }

  /// The closed outlines of the set where the sum is at least `level`, inside on their left: the first
  /// point is not repeated. Holes run clockwise.
  func outlines(atLeast level: Double) -> [[SIMD2<Double>]] {
    // A side of a cell is numbered by its lower-left node and whether it is horizontal.
    func name(_ x: Int, _ y: Int, _ side: Int) -> Int {
      switch side {
      case 0: 2 * (y * width + x)
      case 1: 2 * (y * width + x + 1) + 1
      case 2: 2 * ((y + 1) * width + x)
      default: 2 * (y * width + x) + 1
      }
    }
    var following: [Int: (side: Int, point: SIMD2<Double>)] = [:]
    var starts: [Int] = []
    for y in 0..<height - 1 {
      for x in 0..<width - 1 {
        let values = SIMD4(node(x, y), node(x + 1, y), node(x + 1, y + 1), node(x, y + 1))
        for (from, to) in Self.crossings(values, level) {
          let place = Self.crossing(from, values[from], values[(from + 1) % 4], level)
          following[name(x, y, from)] = (
            name(x, y, to), position(Double(x) + place.x, Double(y) + place.y)
          )
          starts.append(name(x, y, from))
        }
      }
    }
    var outlines: [[SIMD2<Double>]] = []
    for start in starts {
      var outline: [SIMD2<Double>] = []
      var side = start
      while let step = following.removeValue(forKey: side) {
        outline.append(step.point)
        side = step.side
      }
      if outline.count > 2 { outlines.append(outline) }
    }
    return outlines
  }
}
