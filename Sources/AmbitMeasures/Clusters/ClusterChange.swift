/// A cluster of outputs that one checkpoint has and another has not, with outputs that show it.
public struct ClusterChange: Equatable, Sendable {
  /// Which of the two has it.
  public enum Kind: String, Sendable {
    /// The reference has it, the checkpoint has not.
    case lost
    /// The checkpoint has it, the reference has not.
    case gained
  }

  /// Which of the two has it.
  public var kind: Kind
  /// The checkpoint, as an index into the design.
  public var checkpoint: Int
  /// What it is compared with.
  public var reference: Int
  /// The number of the cluster in the study's joint clustering.
  public var cluster: Int
  /// How many of the checkpoint's outputs it holds.
  public var checkpointSize: Int
  /// How many of the reference's.
  public var referenceSize: Int
  /// Fisher's exact test, adjusted over the clusters tested (Benjamini–Hochberg).
  public var adjustedP: Double
  /// The outputs nearest its centre, nearest first: rows of the reference where it is lost, of the
  /// checkpoint where it is gained. Equal ones are given once.
  public var exemplars: [Int]

  /// A change with all that is known of it.
  package init(
    kind: Kind, checkpoint: Int, reference: Int, cluster: Int, checkpointSize: Int,
    referenceSize: Int, adjustedP: Double, exemplars: [Int]
  ) {
    self.kind = kind
    self.checkpoint = checkpoint
    self.reference = reference
    self.cluster = cluster
    self.checkpointSize = checkpointSize
    self.referenceSize = referenceSize
    self.adjustedP = adjustedP
    self.exemplars = exemplars
  }
}

/// How the outputs of a study were clustered.
public struct Clustering: Equatable, Sendable {
  /// The cosine distance up to which two outputs to one prompt are one kind; `nil` where there is none.
  public var radius: Double?
  /// Whether people's judgements gave the radius, or a rule.
  public var isRadiusCalibrated: Bool
  /// The number of clusters of all outputs; `nil` where none were made.
  public var clusterCount: Int?
  /// The cluster of each row, a list a checkpoint; empty where none were made.
  public var labels: [[Int]]

  /// A clustering with all that is known of it.
  package init(
    radius: Double?, isRadiusCalibrated: Bool, clusterCount: Int?, labels: [[Int]] = []
  ) {
    self.radius = radius
    self.isRadiusCalibrated = isRadiusCalibrated
    self.clusterCount = clusterCount
    self.labels = labels
  }
}
