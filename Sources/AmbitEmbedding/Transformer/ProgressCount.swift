internal import Synchronization

/// Turns counts of finished work from several threads into a share.
final class ProgressCount: Sendable {
  private let total: Int
  private let done = Atomic<Int>(0)
  private let report: @Sendable (Double) -> Void

  init(total: Int, report: @escaping @Sendable (Double) -> Void) {
    self.total = total
    self.report = report
  }

  func add(_ count: Int) {
    let sum = done.wrappingAdd(count, ordering: .relaxed).newValue
    report(Double(sum) / Double(max(1, total)))
  }
}
