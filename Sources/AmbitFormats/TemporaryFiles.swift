import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The temporary files that this process has open for writing, so that an interrupted run can remove them.
///
/// Paths are kept as C strings in slots that are only ever swapped atomically: `removeAll` takes no lock
/// and allocates nothing, so a signal handler may call it.
public enum TemporaryFiles {
  private static let slotCount = 512
  private struct Slots: @unchecked Sendable {
    // Never freed: a signal may come while the process ends.
    let paths: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  }
  private static let slots: Slots = {
    let paths = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: slotCount)
    paths.initialize(repeating: nil, count: slotCount)
    return Slots(paths: paths)
  }()
  private static let writing = Mutex(())
  private static let counter = Atomic<Int>(0)

  /// Makes the registry ready. Call it once before installing a signal handler that calls `removeAll`,
  /// so that the handler itself initialises nothing.
  public static func prepare() { _ = slots.paths }

  /// Removes every temporary file that is not yet in its place. Safe in a signal handler.
  public static func removeAll() {
    let paths = slots.paths
    for index in 0..<slotCount {
      if let path = paths[index] { unlink(path) }
    }
  }

  /// How old a temporary file is that nobody writes any more, in nanoseconds: an hour.
  private static let abandonedAge = 3_600_000_000_000

  /// Removes what runs that were killed while they wrote have left in a folder.
  ///
  /// Nobody writes one file for an hour; whose process ended cannot be told on a volume that several
  /// machines share.
  package static func removeAbandoned(inFolder folder: String) {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let latest = Int(now.tv_sec) * 1_000_000_000 + Int(now.tv_nsec) - abandonedAge
    for name in System.names(inFolder: folder) where isTemporary(name) {
      let path = PathText.join(folder, name)
      if System.kind(of: path) == .file, System.modified(path) < latest { System.remove(path) }
    }
  }

  /// Whether a name is one that `name(for:)` gives.
  private static func isTemporary(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].isEmpty, parts[parts.count - 1] == "part" else { return false }
    let numbers = parts[parts.count - 2].split(separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2 && numbers.allSatisfy { Int($0) != nil }
  }

  /// A name in `folder` that no other write of this process uses; hidden.
  static func name(for file: String) -> String {
    let number = counter.add(1, ordering: .relaxed).newValue
    return ".\(file.prefix(100)).\(getpid())-\(number).part"
  }

  /// Registers a path before it is created.
  static func register(_ path: String) {
    writing.withLock { _ in
      for index in 0..<slotCount where slots.paths[index] == nil {
        slots.paths[index] = strdup(path)
        return
      }
    }
  }

  /// Forgets a path that is in its place or gone.
  static func forget(_ path: String) {
    writing.withLock { _ in
      for index in 0..<slotCount {
        guard let known = slots.paths[index], strcmp(known, path) == 0 else { continue }
        slots.paths[index] = nil
        // The string is not freed: a handler may be reading it. It is a few dozen bytes a file written.
        return
      }
    }
  }
}
