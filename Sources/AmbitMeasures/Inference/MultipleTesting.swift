/// Adjusted p values.
public enum MultipleTesting {
  /// Holm's step-down adjustment, which controls the chance of any false finding. In input order.
  public static func holm(_ p: [Double]) -> [Double] {
    let order = p.indices.sorted { p[$0] != p[$1] ? p[$0] < p[$1] : $0 < $1 }
    var adjusted = p
    var highest = 0.0
    for (rank, index) in order.enumerated() {
      highest = max(highest, min(1, Double(p.count - rank) * p[index]))
      adjusted[index] = highest
    }
    return adjusted
  }

  /// Benjamini and Hochberg's step-up adjustment, which controls the share of false findings. In
  /// input order.
  public static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    let order = p.indices.sorted { p[$0] != p[$1] ? p[$0] < p[$1] : $0 < $1 }
    var adjusted = p
    var lowest = 1.0
    for (rank, index) in order.enumerated().reversed() {
      lowest = min(lowest, Double(p.count) / Double(rank + 1) * p[index])
      adjusted[index] = lowest
    }
    return adjusted
  }
}
