import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// A data file that lies beside these tests.
enum Fixture {
  static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(name).path
  }

  /// The fixture decoded as `type`.
  static func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path(name))))
  }
}

/// The reference model, which `make model` brings.
enum MiniLM {
  static let folder = SharedData.repository.appendingPathComponent("assets/models/all-MiniLM-L6-v2")
    .path

  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder + "/model.safetensors")
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs the test only where the reference model is installed.
  static var needsMiniLM: Self {
    .enabled(if: MiniLM.isPresent, "all-MiniLM-L6-v2 is not here; `make model` brings it")
  }
}
