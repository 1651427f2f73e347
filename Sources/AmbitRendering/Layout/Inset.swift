#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A small frame in a corner of a panel that shows a few crowded places of it enlarged.
package struct Inset: Sendable, Equatable {
  /// On the page.
  package let frame: Rectangle
  /// The part of the page that it shows.
  package let source: Rectangle
  /// A round number.
  package let magnification: Double
  /// Where the magnification is written: the strip at the top of the frame.
  package let labelHeight: Double

  /// Places that take more of the panel than this need no inset.
  private static let crowdedShare = 0.12
  /// Places nearer than this, in points, coincide: there is nothing to enlarge.
  private static let leastExtent = 0.1
  /// The shares of the panel's sides that the frame may take.
  private static let shares = [0.5, 0.42, 0.36, 0.3]

  /// The inset for `places` in the corner of `panel` where much enlargement covers little; none where they are not crowded, or
  /// where it would not enlarge them to twice the size.
  ///
  /// - Parameters:
  ///   - places: on the page.
  ///   - outlines: polygons on the page that it should not cover.
  ///   - reach: what is left free inside the frame, for symbols about the places.
  ///   - labelSize: of the widest magnification.
  package init?(
    of places: [SIMD2<Double>], in panel: Rectangle, avoiding outlines: [[SIMD2<Double>]],
    reach: Double, labelSize: SIMD2<Double>
  ) {
    guard let first = places.first else { return nil }
    let (low, high) = places.reduce((first, first)) {
      (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
    }
    let extent = high - low
    guard extent.x < Self.crowdedShare * panel.width, extent.y < Self.crowdedShare * panel.height,
      extent.max() >= Self.leastExtent
    else { return nil }
    let crowd = Rectangle(x: low.x, y: low.y, width: extent.x, height: extent.y).inset(by: -reach)

    var best: (cost: Double, inset: Inset)?
    for share in Self.shares {
      for frame in Self.corners(of: panel, share: share) {
        let room = SIMD2(frame.width - 2 * reach, frame.height - labelSize.y - 2 * reach)
        guard room.min() > 4, frame.width > labelSize.x + 2 else { continue }
        let magnification = Self.round(
          min(room.x / max(extent.x, 1e-9), room.y / max(extent.y, 1e-9)))
        guard magnification >= 2, frame.intersection(crowd) == nil else { continue }
        let covered = outlines.reduce(0) { $0 + Self.length(of: $1, inside: frame) }
        let cost = covered / panel.width - 0.3 * log2(magnification)
        if best.map({ cost < $0.cost }) ?? true {
          let size = SIMD2(frame.width, frame.height - labelSize.y) / magnification
          let corner = (low + high) / 2 - size / 2
          best = (
            cost,
            Inset(
              frame: frame,
              source: Rectangle(x: corner.x, y: corner.y, width: size.x, height: size.y),
              magnification: magnification, labelHeight: labelSize.y)
          )
        }
      }
    }
    guard let inset = best?.inset else { return nil }
    self = inset
  }

  private init(frame: Rectangle, source: Rectangle, magnification: Double, labelHeight: Double) {
    self.frame = frame
    self.source = source
    self.magnification = magnification
    self.labelHeight = labelHeight
  }

  /// Where a place of the panel stands in the inset.
  package func page(_ place: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(frame.x, frame.y + labelHeight) + (place - SIMD2(source.x, source.y)) * magnification
  }

  private static func corners(of panel: Rectangle, share: Double) -> [Rectangle] {
    let gap = 2.0
    let (width, height) = (panel.width * share, panel.height * share)
    let xs = [panel.maxX - gap - width, panel.x + gap]
    let ys = [panel.y + gap, panel.maxY - gap - height]
    return ys.flatMap { y in xs.map { Rectangle(x: $0, y: y, width: width, height: height) } }
  }

  /// The next round number below.
  private static func round(_ value: Double) -> Double {
    let power = pow(10, floor(log10(value)))
    let leading = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8].last { $0 * power <= value * (1 + 1e-9) } ?? 1
    return leading * power
  }

  /// How much of a closed polygon's outline lies inside, in points, to about one.
  private static func length(of polygon: [SIMD2<Double>], inside frame: Rectangle) -> Double {
    zip(polygon, polygon.dropFirst() + polygon.prefix(1)).reduce(0) { sum, side in
      let way = side.1 - side.0
      let length = (way * way).sum().squareRoot()
      let count = max(1, min(Int(length.rounded(.up)), 2000))
      let inside = (0..<count).count {
        frame.contains(side.0 + way * ((Double($0) + 0.5) / Double(count)))
      }
      return sum + length * Double(inside) / Double(count)
    }
  }
}
