internal import AmbitMatrix

/// The logarithm of every prompt's dispersion at some checkpoints, in their order.
///
/// Only prompts that have a value at all of them count; a value below the floor of `PromptLogs`, taken
/// from the first checkpoint, is raised to it.
struct PromptSeries {
  /// For each prompt, one logarithm a checkpoint.
  let logs: [[Double]]

  /// `nil` where no prompt has a value everywhere, or where the first checkpoint has no spread at all.
  init?(_ result: MeasureSuite.Result, checkpoints: [String]) {
    let places = Dictionary(
      checkpoints.enumerated().map { ($0.element, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    guard places.count == checkpoints.count else { return nil }
    var order: [String] = []
    var values: [String: [Double]] = [:]
    for row in result.promptMeasurements
    where row.metric == "dispersion" && row.variant.isEmpty && row.space == "embedding" {
      guard let place = places[row.checkpoint], let value = row.value else { continue }
      if values[row.promptID] == nil { order.append(row.promptID) }
      values[row.promptID, default: Array(repeating: .nan, count: checkpoints.count)][place] = value
    }
    let complete = order.compactMap { values[$0] }.filter { !$0.contains(where: \.isNaN) }
    guard let floor = PromptLogs.floor(from: complete.map { $0[0] }) else { return nil }
    logs = complete.map { PromptLogs($0, floor: floor).values }
  }
}
