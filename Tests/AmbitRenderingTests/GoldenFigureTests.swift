import AmbitRendering
import AmbitTestSupport
import Foundation
import Testing

/// A small picture of every kind of figure with fixed data. Layouts follow the letters' widths, so the
/// pictures are compared only where the fonts are those that they were made with.
///
/// `AMBIT_RECORD=1` writes them anew: look at them before they are kept.
@Suite struct GoldenFigureTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  static let hasTheFonts =
    abs(TextMeasure().width(of: "Ambit 0.123", font: Font(size: 100)) - 614.35546875) < 0.01
  private static let isRecording = ProcessInfo.processInfo.environment["AMBIT_RECORD"] == "1"

  private static func picture(_ kind: String) throws -> [UInt8] {
    var gallery = FigureGallery(["base", "sft", "dpo", "rl"], seed: 11)
    let theme = kind == RarefactionFigure.name ? Theme.dark : .light
    return try gallery.figure(kind).scene(FigureSettings(width: 3.25, theme: theme)).png(dpi: 36)
  }

  @Test(.enabled(if: hasTheFonts), arguments: FigureGallery.kinds)
  func thePictureIsAsItWas(kind: String) throws {
    let file = Self.folder.appendingPathComponent("\(kind).png")
    let bytes = try Self.picture(kind)
    if Self.isRecording {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
      return
    }
    let golden = try DecodedPNG([UInt8](Data(contentsOf: file)))
    let picture = try DecodedPNG(bytes)
    #expect(picture.width == golden.width && picture.height == golden.height)
    guard picture.bytes.count == golden.bytes.count else { return }
    let differences = zip(picture.bytes, golden.bytes).map { abs(Int($0) - Int($1)) }
    // Other versions of Cairo may blend edges a little differently.
    let mean = Double(differences.reduce(0, +)) / Double(differences.count)
    #expect(mean < 1, "mean difference \(mean)")
    #expect(differences.count { $0 > 60 } < differences.count / 200)
  }

  /// The goldens are small: together less than one photograph.
  @Test func theFilesAreSmall() throws {
    let sizes = try FigureGallery.kinds.map { try Self.picture($0).count }
    #expect(sizes.max()! < 16_000 && sizes.reduce(0, +) < 120_000, "\(sizes)")
  }
}
