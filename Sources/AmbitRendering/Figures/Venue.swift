/// Where a figure is to be printed. Widths are those of the venue's own style file, so that a figure
/// is set in at its own size and its letters stay the size they were drawn in.
public enum Venue: String, Sendable, Hashable, CaseIterable {
  case icml, neurips, iclr, acl, nature

  /// One column, in inches; the whole text where there is only one.
  public var columnWidth: Double {
    switch self {
    case .icml: 3.25  // icml2024.sty: (6.75 in − 0.25 in) / 2
    case .neurips, .iclr: 5.5
    case .acl: 7.7 / 2.54  // acl.sty: (A4 − 2 · 2.5 cm − 0.6 cm) / 2
    case .nature: 89 / 25.4
    }
  }

  /// Over all columns, in inches.
  public var textWidth: Double {
    switch self {
    case .icml: 6.75
    case .neurips, .iclr: 5.5
    case .acl: 16 / 2.54
    case .nature: 183 / 25.4
    }
  }

  /// Of axis labels, in points; ticks are a point smaller, titles a point larger. The conferences set
  /// their captions in 9 or 10 points; Nature asks for 5 to 7 points in a figure.
  public var fontSize: Double { self == .nature ? 6 : 8 }

  /// The first choice of font family; none where the venue asks for none.
  public var fontFamily: String? { self == .nature ? "Arial, Helvetica, Liberation Sans" : nil }
}
