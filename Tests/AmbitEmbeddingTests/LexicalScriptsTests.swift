import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// Texts beyond ASCII.
@Suite struct LexicalScriptsTests {
  static func rows(_ texts: [String]) -> EmbeddedTexts {
    LexicalEmbedder().embed(texts, workers: Workers(threadCount: 1)) { _ in }
  }

  static func areSame(_ embedded: EmbeddedTexts, _ a: Int, _ b: Int) -> Bool {
    embedded.rows([a]) == embedded.rows([b])
  }

  @Test(arguments: [
    "Ünïcödé Ångström", "Ελληνικά", "русский язык", "עִבְרִית", "العربية", "हिन्दी", "한국어", "ภาษาไทย",
    "日本語のテキスト", "中文", "tiếng Việt", "ខ្មែរ", "မြန်မာ", "🙂", "👩‍👩‍👧", "❤️", "€", "𝔘𝔫𝔦", "ⅷ", "½",
  ]) func everyScriptHasFeatures(text: String) {
    let embedded = Self.rows([text])
    #expect(embedded.emptyRows.isEmpty)
    #expect(abs(Reductions.squaredNorm(embedded.matrix.row(0)) - 1) < 1e-6)
  }

  @Test func canonicalEquivalentsAreOneText() {
    let samples = [
      "Ünïcödé Ångström naïve café", "tiếng Việt Đường", "Ελληνικά ᾿Αθῆναι ΐ", "й ё Ї", "한국어 문장",
      "がぎぐ パピプ", "क़लम ख़बर", "עִבְרִית שׁ", "\u{212b}\u{2126}\u{212a}elvin", "豈更車", "\u{1d15e}x",
      "x ≠ y ≯ z", "⇍ ↚", "e\u{323}\u{302} ê\u{323}", "ท\u{0e38}\u{0e48}",
    ]
    for text in samples {
      let forms = [
        text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
      ]
      let embedded = Self.rows(forms)
      #expect(Self.areSame(embedded, 0, 1), "\(text)")
      #expect(Self.areSame(embedded, 0, 2), "\(text)")
      #expect(embedded.readings[0] == embedded.readings[2], "\(text)")
    }
  }

  @Test func randomTextsSurviveNormalisation() {
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7e, 0xa0...0x17f, 0x300...0x345, 0x370...0x3ff, 0x900...0x97f, 0xe00...0xe4f,
      0x1100...0x11ff, 0x1f00...0x1fff, 0x2000...0x2bff, 0x3040...0x30ff, 0x4e00...0x4eff,
      0xac00...0xacff, 0xf900...0xfaff, 0xfb1d...0xfb4f, 0x1d100...0x1d1ff, 0x1f300...0x1f64f,
    ]
    forEachSeed(800) { random in
      var scalars = String.UnicodeScalarView()
      for _ in 0...random.index(below: 20) {
        let range = ranges[random.index(below: ranges.count)]
        let value = range.lowerBound + UInt32(random.index(below: range.count))
        if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
      }
      let text = String(scalars)
      let embedded = Self.rows([
        text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
      ])
      let names = scalars.map { String($0.value, radix: 16) }.joined(separator: " ")
      try require(Self.areSame(embedded, 0, 1), "NFC of \(names)")
      try require(Self.areSame(embedded, 0, 2), "NFD of \(names)")
      let norm = Reductions.squaredNorm(embedded.matrix.row(0))
      let isEmpty = embedded.readings[0].tokenCount == 0
      try require(abs(norm - (isEmpty ? 0 : 1)) < 1e-5, "length \(norm) of \(names)")
    }
  }

  @Test func joinersAndVariationSelectorsDoNotCount() {
    let embedded = Self.rows(["❤️ co\u{ad}operate", "❤ cooperate", "می\u{200c}خواهم", "میخواهم"])
    #expect(Self.areSame(embedded, 0, 1))
    #expect(Self.areSame(embedded, 2, 3))
  }

  @Test func wordsMayMixScripts() {
    let embedded = Self.rows(["iPhone手机", "iphone 手机", "手机iPhone"])
    #expect(embedded.tokenCounts == [3, 3, 3])
    #expect(Self.areSame(embedded, 0, 1))
    #expect(Reductions.dot(embedded.matrix.row(0), embedded.matrix.row(2)) > 0.99999)
  }
}
