/// Counts in sentences.
enum Wording {
  /// `1 output`, `2 outputs`; `plural` where it is not the singular with an s.
  static func count(_ count: Int, _ singular: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
  }
}
