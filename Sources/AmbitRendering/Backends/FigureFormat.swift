/// The file formats that a scene can be turned into.
public enum FigureFormat: String, Sendable, Hashable, CaseIterable {
  case png, pdf, svg
}

/// A keyword with its text, recorded inside a figure file: what it was made from and how.
public struct FigureNote: Sendable, Hashable {
  /// 1 to 79 letters, digits, inner spaces or punctuation of ASCII; PNG allows no other.
  public let keyword: String
  /// Any text.
  public let text: String

  /// A note; in a file, notes keep their order.
  public init(_ keyword: String, _ text: String) {
    precondition(
      (1...79).contains(keyword.utf8.count) && keyword.utf8.allSatisfy { (32...126).contains($0) }
        && !keyword.hasPrefix(" ") && !keyword.hasSuffix(" "), "not a PNG keyword: \(keyword)")
    self.keyword = keyword
    self.text = text
  }
}

extension Scene {
  /// The scene as a file of the given format: the same bytes for the same scene, fonts and notes.
  ///
  /// - Throws: `RenderingError` of code `invalidSetting` or `backend`.
  public func encoded(
    as format: FigureFormat, dpi: Double = 300, notes: [FigureNote] = []
  ) throws(RenderingError) -> [UInt8] {
    switch format {
    case .png: try png(dpi: dpi, notes: notes)
    case .pdf: try pdf(notes: notes)
    case .svg: try svg(notes: notes)
    }
  }
}
