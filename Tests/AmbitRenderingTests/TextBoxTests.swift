import AmbitRendering
import Testing

@Suite struct TextBoxTests {
  /// The rectangle of all pixels that are not white, in points.
  private func ink(_ scene: Scene) throws -> Rectangle {
    let picture = try DecodedPNG(scene.png(dpi: 288))
    var (left, top, right, bottom) = (picture.width, picture.height, -1, -1)
    for y in 0..<picture.height {
      for x in 0..<picture.width where picture.pixel(x, y)[0] < 250 {
        left = min(left, x)
        right = max(right, x)
        top = min(top, y)
        bottom = max(bottom, y)
      }
    }
    return Rectangle(
      x: Double(left) / 4, y: Double(top) / 4, width: Double(right - left + 1) / 4,
      height: Double(bottom - top + 1) / 4)
  }

  @Test(arguments: [0.0, 90, -90], [TextRun.Anchor.start, .middle, .end])
  func boxesHoldTheInk(rotation: Double, anchor: TextRun.Anchor) throws {
    var scene = Scene(width: 200, height: 200)
    scene.write(
      "Drift (12.3 %) gjÅ", at: SIMD2(100, 100), font: Font(size: 9), anchor: anchor,
      rotation: rotation)
    let box = scene.textBoxes()[0]
    let ink = try ink(scene)
    #expect(box.contains(ink, tolerance: 0.5), "\(ink) not in \(box)")
    // And they are not much larger than it.
    #expect(box.width < ink.width + 6 && box.height < ink.height + 6)
  }

  @Test func textsInsideClipsAreFoundInOrder() {
    var scene = Scene(width: 100, height: 100)
    scene.write("first", at: SIMD2(10, 10))
    scene.clip(to: scene.page) { $0.write("second", at: SIMD2(10, 30)) }
    scene.write("third", at: SIMD2(10, 50))
    #expect(scene.textRuns.map(\.text.plain) == ["first", "second", "third"])
    #expect(scene.textBoxes().map(\.midY) == scene.textBoxes().map(\.midY).sorted())
  }

  /// The layout tests ask that no two boxes overlap; here two do.
  @Test func textsOnOneAnotherOverlap() {
    var scene = Scene(width: 100, height: 100)
    scene.write("here", at: SIMD2(10, 10))
    scene.write("here too", at: SIMD2(15, 12))
    let boxes = scene.textBoxes()
    #expect(boxes[0].intersection(boxes[1]) != nil)
  }

  @Test func anEmptyTextHasNoWidth() {
    var scene = Scene(width: 100, height: 100)
    scene.write("", at: SIMD2(10, 10))
    #expect(scene.textBoxes()[0].width == 0)
  }
}
