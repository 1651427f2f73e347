#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A cloud of very many points as a picture of its density, after the idea of datashader: points are
/// counted in the pixels of a grid, and the counts are shaded by their rank, so that both a crowd and a
/// lone point are seen, and nothing becomes a blot.
///
/// Text and lines of the figure stay vectors; the picture is embedded behind them.
package struct DensityImage: Sendable {
  /// Clouds of more points are drawn so.
  package static let pointLimit = 50_000
  /// Of the picture on paper.
  package static let dotsPerInch = 300.0
  /// The alpha of a pixel of one point.
  private static let leastAlpha = 0.22
  /// From this rank on shades are opaque and darken.
  private static let opaqueRank = 0.75
  /// How far the densest pixels are mixed with the colour of text.
  private static let deepest = 0.5

  /// The picture's place on the page.
  package let place: Rectangle
  package let width: Int
  package let height: Int
  private let panel: Panel
  private let theme: Theme
  /// Pixels per point of paper.
  private let scale: Double

  /// A grid over the frame of `panel` for `count` points: so fine that a pixel is a dot at 300 to the inch,
  /// and coarser where so few points would leave nearly all pixels empty.
  package init(_ panel: Panel, count: Int, theme: Theme = .light) {
    self.theme = theme
    let inch = Self.dotsPerInch / 72
    let pixels = panel.frame.width * panel.frame.height * inch * inch
    let side = [1.0, 2, 3].first { Double(count) * $0 * $0 >= 0.25 * pixels } ?? 3
    scale = inch / side
    self.panel = panel
    let left = (panel.frame.x * scale).rounded(.down)
    let top = (panel.frame.y * scale).rounded(.down)
    width = max(Int((panel.frame.maxX * scale).rounded(.up) - left), 1)
    height = max(Int((panel.frame.maxY * scale).rounded(.up) - top), 1)
    place = Rectangle(
      x: left / scale, y: top / scale, width: Double(width) / scale,
      height: Double(height) / scale)
  }

  /// The picture of one cloud in shades of `colour`. Points outside the panel's limits are left out.
  ///
  /// - Complexity: O(points + pixels).
  package func mark(_ points: [SIMD2<Double>], _ colour: Colour) -> Mark {
    let counts = counts(points)
    let (from, to) = (OKLab(colour), OKLab(theme.text))
    let words = ranks(counts).map { rank -> UInt32 in
      guard let rank else { return 0 }
      let share = max(rank - Self.opaqueRank, 0) / (1 - Self.opaqueRank) * Self.deepest
      let shade = share > 0 ? from.mixed(with: to, fraction: share).colour : colour
      return Self.word(shade.with(alpha: Self.alpha(rank) * colour.alpha))
    }
    return image(counts.count) { pixel in words[Int(min(counts[pixel], Self.countLimit))] }
  }

  /// The picture of several clouds at once: a pixel has the mean colour of its points, and the shade of
  /// their number.
  package func mark(_ clouds: [(points: [SIMD2<Double>], colour: Colour)]) -> Mark {
    var sums = [SIMD4<Float>](repeating: .zero, count: width * height)
    for (points, colour) in clouds {
      let weight = SIMD4<Float>(Float(colour.red), Float(colour.green), Float(colour.blue), 1)
      forEachPixel(points) { sums[$0] += weight }
    }
    let counts = sums.map { UInt32($0.w) }
    let alphas = ranks(counts).map { $0.map(Self.alpha) ?? 0 }
    return image(counts.count) { pixel in
      let sum = sums[pixel]
      if sum.w == 0 { return 0 }
      let mean = sum / sum.w
      return Self.word(
        Colour(
          red: Double(mean.x), green: Double(mean.y), blue: Double(mean.z),
          alpha: alphas[Int(min(counts[pixel], Self.countLimit))]))
    }
  }

  // MARK: Counting

  private func counts(_ points: [SIMD2<Double>]) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: width * height)
    counts.withUnsafeMutableBufferPointer { counts in
      forEachPixel(points) { counts[$0] &+= 1 }
    }
    return counts
  }

  @inline(__always)
  private func forEachPixel(_ points: [SIMD2<Double>], _ body: (Int) -> Void) {
    // One multiplication and addition from the data to the grid.
    let factor = SIMD2(panel.scale.x * scale, -panel.scale.y * scale)
    let corner = panel.page(.zero) * scale - SIMD2(place.x, place.y) * scale
    let low = SIMD2(panel.limits.x.lowerBound, panel.limits.y.lowerBound)
    let high = SIMD2(panel.limits.x.upperBound, panel.limits.y.upperBound)
    let (columns, rows) = (width, height)
    points.withUnsafeBufferPointer { points in
      for point in points {
        guard point.x >= low.x, point.x <= high.x, point.y >= low.y, point.y <= high.y else {
          continue
        }
        let pixel = point * factor + corner
        let column = min(max(Int(pixel.x), 0), columns - 1)
        let row = min(max(Int(pixel.y), 0), rows - 1)
        body(row * columns + column)
      }
    }
  }

  // MARK: Shading

  private static let countLimit: UInt32 = 65_535

  /// The rank of each count among the pixels that are not empty, 0 for the lowest and 1 for the highest, so
  /// that equal steps of shade hold equal numbers of pixels; nil for counts that do not occur.
  private func ranks(_ counts: [UInt32]) -> [Double?] {
    var frequency = [Int](repeating: 0, count: Int(Self.countLimit) + 1)
    var largest = 0
    counts.withUnsafeBufferPointer { counts in
      frequency.withUnsafeMutableBufferPointer { frequency in
        for count in counts where count != 0 {
          let index = Int(min(count, Self.countLimit))
          frequency[index] += 1
          largest = max(largest, index)
        }
      }
    }
    let filled = frequency.reduce(0, +)
    let lowest = frequency.first { $0 > 0 } ?? 0
    let span = Double(max(filled - lowest, 1))
    var ranks = [Double?](repeating: nil, count: Int(Self.countLimit) + 1)
    var below = 0
    for count in 1...max(largest, 1) where frequency[count] > 0 {
      // A cloud without any crowd is shaded as one half.
      ranks[count] = filled == lowest ? 0.5 : Double(below + frequency[count] - lowest) / span
      below += frequency[count]
    }
    return ranks
  }

  private static func alpha(_ rank: Double) -> Double {
    leastAlpha + (1 - leastAlpha) * min(rank / opaqueRank, 1)
  }

  @inline(__always)
  private static func word(_ colour: Colour) -> UInt32 {
    UInt32(
      littleEndian: byte(colour.red) | byte(colour.green) << 8 | byte(colour.blue) << 16
        | byte(colour.alpha) << 24)
  }

  private static func byte(_ share: Double) -> UInt32 {
    UInt32((min(max(share, 0), 1) * 255).rounded())
  }

  private func image(_ count: Int, _ word: (Int) -> UInt32) -> Mark {
    let bytes = [UInt8](unsafeUninitializedCapacity: count * 4) { target, initialized in
      target.withMemoryRebound(to: UInt32.self) { words in
        for pixel in 0..<count { words[pixel] = word(pixel) }
      }
      initialized = count * 4
    }
    return .image(RasterImage(width: width, height: height, bytes: bytes), place)
  }
}

extension Panel {
  /// A cloud in this panel: symbols, or for very many points a picture of their density. The points are
  /// those of the data plane; those outside the limits are left out.
  ///
  /// - Parameters:
  ///   - alpha: of a symbol. A picture has shades of its own, which this would make pale.
  ///   - strength: 1, or less for what lies behind other data: of symbol and picture alike.
  func cloud(
    _ points: [SIMD2<Double>], _ shape: MarkerShape, size: Double, colour: Colour, alpha: Double,
    strength: Double = 1, theme: Theme
  ) -> Mark {
    if points.count > DensityImage.pointLimit {
      let density = DensityImage(self, count: points.count, theme: theme)
      return density.mark(points, colour.with(alpha: strength))
    }
    return .markers(
      Markers(
        shape, size: size, fill: colour.with(alpha: alpha * strength),
        at: page(points.filter(limits.contains))))
  }
}
