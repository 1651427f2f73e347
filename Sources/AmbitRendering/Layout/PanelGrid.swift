#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Equal panels in rows, filled from the top left.
package struct PanelGrid: Sendable, Equatable {
  package let count: Int
  package let columns: Int
  package let panelWidth: Double
  package let panelHeight: Double
  /// The room above each panel for its name.
  package let bandHeight: Double
  package let gap: Double
  /// The top left corner of the first band.
  package var origin: SIMD2<Double>

  package var rows: Int { (count + columns - 1) / columns }
  package var emptyCells: Int { rows * columns - count }
  package var rowHeight: Double { bandHeight + panelHeight + gap }
  package var width: Double { Double(columns) * (panelWidth + gap) - gap }
  package var height: Double { Double(rows) * rowHeight - gap }

  package init(
    count: Int, columns: Int, width: Double, aspect: Double, bandHeight: Double, gap: Double,
    origin: SIMD2<Double> = .zero
  ) {
    precondition(count > 0 && columns > 0)
    self.count = count
    self.columns = columns
    self.bandHeight = bandHeight
    self.gap = gap
    self.origin = origin
    panelWidth = (width - gap * Double(columns - 1)) / Double(columns)
    panelHeight = panelWidth * aspect
  }

  /// The frame of panel `index`, without its band.
  package func frame(_ index: Int) -> Rectangle {
    Rectangle(
      x: origin.x + Double(index % columns) * (panelWidth + gap),
      y: origin.y + Double(index / columns) * rowHeight + bandHeight,
      width: panelWidth, height: panelHeight)
  }

  /// Whether nothing stands under panel `index`.
  package func isLowestOfColumn(_ index: Int) -> Bool { index + columns >= count }

  /// The number of columns that brings panels closest to `preferredWidth` with few empty cells and
  /// no more than `heightLimit` of height.
  package static func columns(
    count: Int, width: Double, aspect: Double, bandHeight: Double, gap: Double,
    preferredWidth: Double, heightLimit: Double
  ) -> Int {
    func cost(_ columns: Int) -> Double {
      let grid = PanelGrid(
        count: count, columns: columns, width: width, aspect: aspect, bandHeight: bandHeight,
        gap: gap)
      if grid.panelWidth < 30 { return .infinity }
      let deviation = log(grid.panelWidth / preferredWidth)
      let emptiness = Double(grid.emptyCells) / Double(grid.rows * columns)
      let overflow = max(0, grid.height / heightLimit - 1)
      return deviation * deviation + 0.5 * emptiness + 4 * overflow
    }
    // `min` keeps the first of equal costs.
    return (1...count).min { cost($0) < cost($1) } ?? 1
  }
}
