/// The words around the panels of a figure.
public struct FigureText: Sendable, Hashable, Codable {
  /// Above the panels; none if absent. A title in the settings goes before it.
  public var title: String?
  /// A sentence or two under the figure; none if empty.
  public var caption: String
  /// Warnings that apply to what is seen, each a sentence.
  public var notes: [String]

  /// Words; none unless given.
  public init(title: String? = nil, caption: String = "", notes: [String] = []) {
    self.title = title
    self.caption = caption
    self.notes = notes
  }
}
