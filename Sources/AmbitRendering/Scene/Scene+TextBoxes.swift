extension Scene {
  /// The rectangle that each text run covers, in the order of the marks, for runs at right angles.
  ///
  /// The box is the run's advance width by its fonts' ascent and descent, so it holds all ink of
  /// ordinary letters. For other rotations it is the box of the unrotated run.
  public func textBoxes() -> [Rectangle] {
    let measure = TextMeasure()
    return Self.runs(in: marks).map { run in
      let extent = measure.extent(of: run.text, font: run.font)
      let left = -extent.width * run.anchor.fraction
      switch run.rotation {
      case 90:
        return Rectangle(
          x: run.position.x - extent.ascent, y: run.position.y - left - extent.width,
          width: extent.height, height: extent.width)
      case -90:
        return Rectangle(
          x: run.position.x - extent.descent, y: run.position.y + left,
          width: extent.height, height: extent.width)
      default:
        return Rectangle(
          x: run.position.x + left, y: run.position.y - extent.ascent,
          width: extent.width, height: extent.height)
      }
    }
  }

  /// Every text run of the scene, in order, those inside clips included.
  public var textRuns: [TextRun] { Self.runs(in: marks) }

  private static func runs(in marks: [Mark]) -> [TextRun] {
    marks.flatMap { mark -> [TextRun] in
      switch mark {
      case .text(let run): [run]
      case .clipped(_, let inner): runs(in: inner)
      case .path, .markers, .image: []
      }
    }
  }
}
