import Synchronization

/// Working memories that no thread is using, so that what one text taught serves the next.
final class Spares<Memory: AnyObject>: Sendable {
  private let free = Mutex<[Lent]>([])
  private let make: @Sendable () -> Memory

  /// Only one thread has a memory at a time: it is taken out while it is used.
  private struct Lent: @unchecked Sendable {
    let memory: Memory
  }

  init(_ make: @escaping @Sendable () -> Memory) { self.make = make }

  /// A memory for one thread, until it is put back.
  func take() -> Memory { free.withLock { $0.popLast() }?.memory ?? make() }

  /// Puts a memory back that `take` gave.
  func put(_ memory: Memory) {
    let lent = Lent(memory: memory)
    free.withLock { $0.append(lent) }
  }
}
