/// Bytes over compressed bytes of the outputs joined by line breaks: how much of a set is repetition.
///
/// Pooled sets are cut at one number of bytes for all checkpoints and joined in one seeded order, since
/// the ratio grows with size and changes with order. DEFLATE sees 32 KiB back, so sets far apart do not
/// help each other. One pass, unlike the `diversity` package, which compresses twice. The header that
/// the compressor adds is not the text's and does not count. Source: Shaib et al. 2024
/// (arXiv:2403.00553).
struct CompressionRatio: LexicalMeasure {
  /// The bytes of a text after compression, without any header.
  let compressedSize: @Sendable ([UInt8]) -> Int
  let id = "compression_ratio"
  let polarity = Polarity.lower
  let effectKind = EffectKind.meanLogRatio
  let summary = "bytes / bytes after DEFLATE, at one byte budget and order for all checkpoints"
  let source = "Shaib et al. 2024, arXiv:2403.00553"

  func value(of sample: inout LexicalSample) -> Double {
    let bytes = Self.bytes(of: sample)
    return bytes.isEmpty ? .nan : Double(bytes.count) / Double(compressedSize(bytes))
  }

  private static func bytes(of sample: LexicalSample) -> [UInt8] {
    let budget = sample.byteBudget ?? .max
    var bytes: [UInt8] = []
    for output in sample.outputs where bytes.count < budget {
      if !bytes.isEmpty { bytes.append(0x0A) }
      bytes.append(
        contentsOf: sample.rows.tokens.texts[output].utf8.prefix(sample.bytes(of: output)))
    }
    if bytes.count > budget { bytes.removeLast(bytes.count - budget) }
    return bytes
  }
}

extension LexicalSample {
  /// How many bytes of an output are looked at.
  func bytes(of output: Int) -> Int {
    rows.tokens.bytes(of: output, window: view.window)
  }
}

extension TokenRows {
  /// How many bytes of an output a window shows; all where it is nil.
  func bytes(of output: Int, window: Int?) -> Int {
    let first = offsets[output]
    let length = offsets[output + 1] - first
    guard let window, window < length else { return texts[output].utf8.count }
    return Int(byteEnds[first + window - 1])
  }
}
