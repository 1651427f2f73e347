import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct PanelGridTests {
  @Test func framesAreEqualApartAndInside() {
    forEachSeed(100) { random in
      let count = 1 + Int(random.uniform() * 45)
      let columns = 1 + Int(random.uniform() * 8)
      let grid = PanelGrid(
        count: count, columns: columns, width: 480, aspect: 0.6 + random.uniform() * 0.4,
        bandHeight: 12, gap: 6, origin: SIMD2(30, 10))
      let frames = (0..<count).map(grid.frame)
      let page = Rectangle(x: 30, y: 10, width: 480, height: grid.height)
      for (index, frame) in frames.enumerated() {
        try require(page.contains(frame, tolerance: 1e-6), "panel \(index) outside")
        try require(
          frame.width == frames[0].width && frame.height == frames[0].height, "sizes differ")
        for other in frames.dropFirst(index + 1) {
          try require(frame.intersection(other) == nil, "panels overlap")
        }
      }
      let lowest = (0..<count).filter(grid.isLowestOfColumn)
      try require(lowest.count == min(count, columns), "\(lowest.count) lowest panels")
    }
  }

  private func columns(_ count: Int, width: Double) -> Int {
    PanelGrid.columns(
      count: count, width: width, aspect: 0.8, bandHeight: 14, gap: 6, preferredWidth: 108,
      heightLimit: 620)
  }

  @Test func columnsSuitWidthAndCount() {
    #expect(columns(1, width: 200) == 1)
    #expect(columns(3, width: 440) == 3)
    #expect(columns(4, width: 440) == 4)
    #expect(columns(4, width: 200) == 2)
    #expect(columns(12, width: 440) == 4)
    #expect((5...7).contains(columns(41, width: 440)))
    #expect((3...4).contains(columns(41, width: 200)))
  }

  @Test func rectanglesMeetAsTheyShould() {
    let a = Rectangle(x: 0, y: 0, width: 10, height: 10)
    #expect(
      a.intersection(Rectangle(x: 5, y: 6, width: 10, height: 10))
        == Rectangle(x: 5, y: 6, width: 5, height: 4))
    #expect(a.intersection(Rectangle(x: 10, y: 0, width: 5, height: 5)) == nil)
    #expect(a.contains(SIMD2(10, 10)) && !a.contains(SIMD2(10.1, 10)))
    #expect(a.inset(by: 2) == Rectangle(x: 2, y: 2, width: 6, height: 6))
    #expect(a.midX == 5 && a.maxY == 10)
  }
}
