/// A number under the name that another package gives it.
public struct PackageScore: Equatable, Sendable {
  /// The package's name for it.
  public let name: String
  /// NaN where the package gives none.
  public let value: Double

  package init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}
