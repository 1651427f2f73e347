import AmbitMeasures
import Synchronization

/// Remembers everything; its names of bytes are the bytes.
final class RowsInMemory: RememberedRows {
  private struct State {
    var rows: [[UInt8]: TakenRows] = [:]
    var uses: [RowsUse] = []
  }
  private let state = Mutex(State())

  func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] { Array(bytes) }

  func rows(for key: [UInt8]) -> TakenRows? { state.withLock { $0.rows[key] } }

  func keep(_ rows: TakenRows, for key: [UInt8]) { state.withLock { $0.rows[key] = rows } }

  func account(_ use: RowsUse) { state.withLock { $0.uses.append(use) } }

  /// What was told since the last time.
  func uses() -> [RowsUse] {
    state.withLock { state in
      defer { state.uses = [] }
      return state.uses
    }
  }

  var count: Int { state.withLock { $0.rows.count } }
}
