/// The cosine distance at which people are as likely to call two answers to a prompt the same as
/// different, for the embedders whose vectors were held against their judgements.
///
/// The midpoint of a logistic curve of "functionally the same" over distance, both answers weighing
/// alike, on 860 judged pairs (NoveltyBench, 32 % the same). By bootstrap over pairs it is known to about
/// 0.01. `Benchmarks/clusters.py` makes it again, and says how well it serves.
package enum CalibratedRadius {
  /// By how the embedder's fingerprint begins: the kind and its weights, whatever the window.
  private static let table: [(prefix: String, radius: Double)] = [
    // all-MiniLM-L6-v2.
    (
      "transformer-v2 weights=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db ",
      0.19
    ),
    // ambit-static-en.
    ("static-v1 sha256=9c531d36a6ce7d32b181a7bb4d853545 ", 0.19),
    ("lexical-v1 dimension=512 ", 0.37),
  ]

  /// `nil` for embedders that were not calibrated.
  package static func value(forFingerprint fingerprint: String) -> Double? {
    table.first { fingerprint.hasPrefix($0.prefix) }?.radius
  }
}
