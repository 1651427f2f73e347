/// What a figure is to stand on: white paper, or a dark slide.
///
/// A theme holds every colour that is not a checkpoint's own, and the colours of checkpoints too,
/// for those of paper are not seen on black.
public enum Theme: String, Sendable, Hashable, CaseIterable {
  case light, dark

  /// Of the whole page.
  public var background: Colour { self == .light ? .white : Colour(0x14171C) }
  /// Of titles, names and axis labels.
  public var text: Colour { self == .light ? .black : .grey(0.96) }
  /// Of tick labels, legends and captions, and of lines that are read as text is.
  public var ink: Colour { self == .light ? .grey(0.25) : .grey(0.8) }
  /// Of frames and ticks.
  public var frame: Colour { self == .light ? .grey(0.55) : .grey(0.5) }
  /// Of lines of reference and of what lies behind the data.
  public var faint: Colour { self == .light ? .grey(0.8) : .grey(0.32) }
  /// Of the band that the null takes: warm, so that it is not taken for a band of intervals.
  public var null: Colour { self == .light ? Colour(0xF4EAD5) : Colour(0x3B3424) }
  /// Of the baseline's own cloud and lines.
  public var baseline: Colour { self == .light ? .grey(0.42) : .grey(0.68) }
  /// Of the baseline's points behind another cloud.
  public var ghost: Colour { self == .light ? .grey(0.62) : .grey(0.5) }
  /// Of marks that must be seen on every colour of the palette.
  public var mark: Colour { self == .light ? .grey(0.1) : .grey(0.98) }

  /// Of what the baseline has and a checkpoint lost, and of falls: vermilion.
  public var lost: Colour { Colour(0xD55E00) }
  /// Of what a checkpoint has and the baseline lacks, and of rises: green.
  public var gained: Colour { Colour(0x009E73) }
  /// Of what is as it was.
  public var kept: Colour { self == .light ? .grey(0.72) : .grey(0.42) }

  /// The colour of a share of a heat map's range: from near the background to far from it.
  public func heat(at fraction: Double) -> Colour {
    let stops =
      self == .light
      ? [Colour(0xF4F8FC), Colour(0x5FA2CE), Colour(0x0B3267)]
      : [Colour(0x1B2733), Colour(0x2F79AE), Colour(0xD3E9F8)]
    let place = min(max(fraction, 0), 1) * 2
    let first = min(Int(place), 1)
    return OKLab(stops[first]).mixed(
      with: OKLab(stops[first + 1]), fraction: place - Double(first)
    ).colour
  }

  /// Black or white, whichever is better read on `colour`.
  func ink(on colour: Colour) -> Colour {
    OKLab(colour).lightness > 0.62 ? .grey(0.1) : .white
  }

  /// Okabe and Ito's colours for the colour-blind (2008), in an order that keeps neighbours apart in
  /// grey print too. On white without the yellow, on black without the blue and the black, which
  /// would not be seen.
  public var categories: [Colour] {
    switch self {
    case .light:
      [
        Colour(0x0072B2), Colour(0xD55E00), Colour(0x009E73), Colour(0xCC79A7), Colour(0xE69F00),
        Colour(0x56B4E9), Colour(0x000000),
      ]
    case .dark:
      [
        Colour(0x56B4E9), Colour(0xE69F00), Colour(0x009E73), Colour(0xCC79A7), Colour(0xF0E442),
        Colour(0xD55E00), Colour(0xF2F2F2),
      ]
    }
  }

  /// The stops of the ramp for ordered steps: away from the background, step by step, in grey print
  /// too. After matplotlib's "plasma", without what is too near to the background.
  public var rampStops: [Colour] {
    switch self {
    case .light:
      [
        Colour(0xFBA238), Colour(0xE16462), Colour(0xB12A90), Colour(0x6A00A8), Colour(0x0D0887),
      ]
    case .dark:
      [
        Colour(0x8A3FC8), Colour(0xC4418F), Colour(0xE56B5D), Colour(0xFBA238), Colour(0xF5EE6A),
      ]
    }
  }

  /// The ramp's colour at `fraction` of its length, mixed in OKLab.
  public func ramp(at fraction: Double) -> Colour {
    let stops = rampStops
    let place = min(max(fraction, 0), 1) * Double(stops.count - 1)
    let first = min(Int(place), stops.count - 2)
    return OKLab(stops[first]).mixed(
      with: OKLab(stops[first + 1]), fraction: place - Double(first)
    ).colour
  }
}
