/// A number under the name that another package gives it.
package struct PackageScore: Equatable, Sendable {
  package let name: String
  package let value: Double

  package init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}
