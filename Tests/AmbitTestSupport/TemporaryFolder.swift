public import Foundation

/// A folder of its own for one test, removed when the test lets go of it.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let url: URL
  /// Where it is, as a path.
  public var path: String { url.path }

  /// Makes a new, empty folder.
  public init() {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("ambit-test-\(UUID().uuidString)")
    try! FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes `text` to a file of this folder and returns its path.
  @discardableResult
  public func write(_ text: String, to name: String) -> String {
    write(Array(text.utf8), to: name)
  }

  /// Writes `bytes` to a file of this folder, making folders on the way, and returns its path.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) -> String {
    let file = url.appendingPathComponent(name)
    try! FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try! Data(bytes).write(to: file)
    return file.path
  }

  /// The path that a file of that name has or would have.
  public func path(of name: String) -> String { url.appendingPathComponent(name).path }
}
