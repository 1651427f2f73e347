import Synchronization

/// Lattices that no thread is using, so that what one text taught serves the next.
final class UnigramLattices: Sendable {
  private let free = Mutex<[Lent]>([])

  /// Only one thread has a lattice at a time: it is taken out while it is used.
  private struct Lent: @unchecked Sendable {
    let lattice: UnigramLattice
  }

  /// A lattice for one thread, until it is put back.
  func take() -> UnigramLattice {
    free.withLock { $0.popLast() }?.lattice ?? UnigramLattice()
  }

  /// Puts a lattice back that `take` gave.
  func put(_ lattice: UnigramLattice) {
    let lent = Lent(lattice: lattice)
    free.withLock { $0.append(lent) }
  }
}
