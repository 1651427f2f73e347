/// A run that was asked to stop and did, with what it had finished kept.
public struct Interrupted: Error, Sendable, Equatable {
  /// Texts that were embedded in this run before it stopped.
  public let embedded: Int
  /// Texts that had to be embedded.
  public let total: Int

  /// Says how much of the embedding was done.
  public init(embedded: Int, total: Int) {
    self.embedded = embedded
    self.total = total
  }
}
