/// A package whose numbers can be given for comparison with published tables.
public enum CompatiblePackage: String, CaseIterable, Sendable {
  /// `vendi-score` 0.0.3.
  case vendi
  /// `prdc` 0.2.
  case prdc
  /// `diversity` 0.3.1.
  case diversity
  /// The code of Kirk et al. 2023.
  case kirk2023

  /// The package with its version, as a table should name it.
  var title: String {
    switch self {
    case .vendi: "vendi-score 0.0.3"
    case .prdc: "prdc 0.2, nearest_k 5"
    case .diversity: "diversity 0.3.1"
    case .kirk2023: "facebookresearch/rlfh-gen-div 333c80b"
    }
  }

  /// What a reader of its numbers must know.
  var remark: String {
    switch self {
    case .vendi:
      """
      score_X takes q = 1 whatever q it is given; of float32 arrays the package's own rounding at \
      q = 1 adds up to 2e-5 of the value
      """
    case .prdc: "compared with the first checkpoint, or --baseline, as the real set"
    case .diversity:
      """
      texts are compressed twice; n-grams cross from one text into the next; texts without a word \
      in common have homogenization 1
      """
    case .kirk2023:
      "words are glued across line breaks and full stops vanish; sent_bert_from_sim takes your vectors"
    }
  }
}
