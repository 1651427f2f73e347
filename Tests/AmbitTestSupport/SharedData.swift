public import Foundation
public import Testing

/// The real model outputs that lie beside a checkout, in `../shared/data`. They are not part of the
/// repository, so tests that use them are skipped, visibly, where they are absent.
public enum SharedData {
  /// The root of the checkout, from this file's own place in it.
  public static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the data, whether it is there or not.
  public static let folder = repository.deletingLastPathComponent()
    .appendingPathComponent("shared/data")

  /// Whether the data is there.
  public static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// The path of a file or folder under `../shared/data`.
  public static func path(_ relative: String) -> String {
    folder.appendingPathComponent(relative).path
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs the test only where `../shared/data` is present.
  public static var needsSharedData: Self {
    .enabled(if: SharedData.isPresent, "the shared data folder is not here")
  }
}
