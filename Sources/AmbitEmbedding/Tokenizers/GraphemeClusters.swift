/// Cuts text into the grapheme clusters that Hugging Face's `tokenizers` sees (Unicode annex 29).
struct GraphemeClusters: Sendable {
  private enum Kind: UInt8 {
    case other, control, carriageReturn, lineFeed, extending, unlinkedExtending, joiner, spacing
    case prepended, leading, vowel, trailing, openSyllable, closedSyllable, regional, pictographic
    case consonant, linker
  }

  static let shared = GraphemeClusters()
  private let kinds: ScalarTable

  private init() {
    var all = [UInt8](repeating: Kind.other.rawValue, count: 0x110000)
    func mark(_ ranges: [ClosedRange<UInt32>], _ kind: Kind) {
      for range in ranges {
        for code in range { all[Int(code)] = kind.rawValue }
      }
    }
    mark(UnicodeRuns.ranges(GraphemeTables.control), .control)
    mark(UnicodeRuns.ranges(GraphemeTables.extending), .extending)
    mark(UnicodeRuns.ranges(GraphemeTables.unlinkedExtending), .unlinkedExtending)
    mark(UnicodeRuns.ranges(GraphemeTables.spacing), .spacing)
    mark(UnicodeRuns.ranges(GraphemeTables.prepended), .prepended)
    mark(UnicodeRuns.ranges(GraphemeTables.pictographic), .pictographic)
    mark(UnicodeRuns.ranges(GraphemeTables.consonant), .consonant)
    mark(UnicodeRuns.ranges(GraphemeTables.linker), .linker)
    mark([0x1100...0x115F, 0xA960...0xA97C], .leading)
    mark([0x1160...0x11A7, 0xD7B0...0xD7C6], .vowel)
    mark([0x11A8...0x11FF, 0xD7CB...0xD7FB], .trailing)
    mark([0xAC00...0xD7A3], .closedSyllable)
    mark(stride(from: 0xAC00, through: 0xD7A3, by: 28).map { $0...$0 }, .openSyllable)
    mark([0x1F1E6...0x1F1FF], .regional)
    mark([0...0], .control)
    mark([0x0A...0x0A], .lineFeed)
    mark([0x0D...0x0D], .carriageReturn)
    mark([0x200D...0x200D], .joiner)
    kinds = ScalarTable(all)
  }

  @inline(__always)
  private func kind(_ code: UInt32) -> Kind { Kind(rawValue: kinds[code]) ?? .other }

  /// Where the cluster ends that begins at `start` of `text`, which is not its end.
  func end(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var (code, length) = UTF8Scalar.decode(text, at: start)
    var end = start + length
    var last = kind(code)
    var regionalCount = last == .regional ? 1 : 0
    var isPictograph = last == .pictographic
    var conjunct = Conjunct.none
    if last == .consonant { conjunct = .consonant }
    while end < text.count {
      (code, length) = UTF8Scalar.decode(text, at: end)
      let next = kind(code)
      let joins =
        switch (last, next) {
        case (.carriageReturn, .lineFeed): true
        case (.carriageReturn, _), (.lineFeed, _), (.control, _): false
        case (_, .carriageReturn), (_, .lineFeed), (_, .control): false
        case (_, .extending), (_, .unlinkedExtending), (_, .joiner), (_, .spacing), (_, .linker):
          true
        case (.prepended, _): true
        case (.leading, .leading), (.leading, .vowel), (.leading, .openSyllable),
          (.leading, .closedSyllable), (.openSyllable, .vowel), (.openSyllable, .trailing),
          (.vowel, .vowel), (.vowel, .trailing), (.closedSyllable, .trailing),
          (.trailing, .trailing):
          true
        case (.joiner, .pictographic): isPictograph
        case (_, .consonant): conjunct == .linked
        case (.regional, .regional): regionalCount % 2 == 1
        default: false
        }
      guard joins else { return end }
      switch next {
      case .pictographic: isPictograph = true
      case .extending, .unlinkedExtending, .linker, .joiner: break
      default: isPictograph = false
      }
      switch next {
      case .consonant: conjunct = .consonant
      case .linker: if conjunct != .none { conjunct = .linked }
      case .extending, .joiner: break
      default: conjunct = .none
      }
      regionalCount = next == .regional ? regionalCount + 1 : 0
      last = next
      end += length
    }
    return end
  }

  /// How far a consonant is joined to one that may follow.
  private enum Conjunct { case none, consonant, linked }
}
