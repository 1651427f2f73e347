/// Panels with axes, a legend below them, and the words around them: what every chart of the figure
/// set hands over to be laid out.
///
/// The figure says what stands in each panel; the layout decides how many stand in a row, which
/// ticks fit and where all texts go, so that none touches another or is cut.
struct Chart {
  /// One frame.
  struct Panel {
    /// Above the frame: what the panel or its upward axis is about.
    var name = ""
    /// Before the name.
    var symbol: (shape: MarkerShape, colour: Colour)?
    var x: ChartAxis
    var y: ChartAxis
    /// In points; nil for the chart's aspect.
    var height: Double?
    /// Draws what stands in the frame, below the axes.
    var draw: (ChartFrame, inout Scene) -> Void
  }

  /// Which lines are drawn about a frame.
  enum Border { case leftAndBottom, bottom, all, none }

  var panels: [Panel]
  /// nil for as many as suit the width.
  var columns: Int?
  /// Height of a frame over its width.
  var aspect = 0.72
  /// The width of a frame that the number of columns aims at, in units of the font size.
  var preferredWidth = 17.0
  /// Whether all panels of a column have the same x axis, which is then labelled once.
  var sharesX = false
  /// Whether all panels have the same y axis, which is then labelled once a row.
  var sharesY = false
  /// Beside the whole grid, upright; empty for none.
  var yLabel = ""
  /// To the right of each frame, for what the panels write there, in points.
  var rightRoom = 0.0
  /// To the left of each frame instead of what tick labels need.
  var leftRoom: Double?
  /// Above each frame, below its name.
  var headRoom = 0.0
  /// Below each frame, above its ticks.
  var footRoom = 0.0
  var border = Border.leftAndBottom
  /// No upward ticks at all.
  var hidesY = false
  var legend: [[Legend.Entry]] = []
  var text: FigureText

  /// The figure.
  func scene(_ settings: FigureSettings) -> Scene {
    let layout = ChartLayout(self, settings: settings)
    var scene = Scene(
      width: layout.width, height: layout.height, background: settings.theme.background)
    layout.draw(on: &scene)
    return scene
  }
}
