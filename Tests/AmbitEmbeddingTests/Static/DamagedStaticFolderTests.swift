import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

@Suite("Damaged static folders")
struct DamagedStaticFolderTests {
  private static let count = StaticFixture.tokens.count
  private static let ownConfig =
    #"{"model_type":"ambit-static","format":1,"count_power":0.5,"window_tokens":8}"#

  private func error(_ config: String, _ tensors: [SafetensorsFile.Tensor]? = nil) -> InputError? {
    let fixture = StaticFixture(config: config, tensors: tensors)
    do {
      _ = try StaticEmbedder(folder: fixture.folder.path)
      return nil
    } catch {
      return error as? InputError
    }
  }

  @Test("each fault names its field or tensor")
  func namedFaults() {
    let table = SafetensorsFile.Tensor(
      "embeddings", StaticFixture.rows, shape: StaticFixture.shape)
    let flat = SafetensorsFile.Tensor("embeddings", [1, 2, 3] as [Float], shape: [3])
    let short = SafetensorsFile.Tensor("embeddings", [1, 2, 3] as [Float], shape: [1, 3])
    let few = SafetensorsFile.Tensor("weights", [1, 2] as [Float], shape: [2])
    let beyond = SafetensorsFile.Tensor(
      "mapping", [Float](repeating: Float(Self.count), count: Self.count), shape: [Self.count])
    let offset = SafetensorsFile.Tensor("offset", [0, 0] as [Float], shape: [2])
    let weights = SafetensorsFile.Tensor(
      "weights", [Float](repeating: 1, count: Self.count), shape: [Self.count])
    #expect(error("{}", [flat])?.field == "embeddings")
    #expect(error("{}", [short])?.field == "embeddings")
    #expect(error("{}", [few])?.field == "embeddings")
    #expect(error("{}", [table, few])?.field == "weights")
    #expect(error("{}", [table, beyond])?.field == "mapping")
    #expect(error(#"{"max_length":0}"#)?.field == "max_length")
    #expect(error(#"{"max_length":"long"}"#)?.field == "max_length")
    #expect(error(Self.ownConfig, [table])?.field == "weights")
    #expect(error(Self.ownConfig, [table, weights])?.field == "offset")
    #expect(error(Self.ownConfig, [table, weights, offset])?.field == "offset")
    #expect(error(#"{"model_type":"ambit-static","format":2}"#)?.field == "format")
    #expect(error(#"{"model_type":"ambit-static"}"#)?.field == "format")
    #expect(error(#"{"model_type":"ambit-static","format":1}"#)?.field == "count_power")
    #expect(error("[]")?.code == .wrongType)
    #expect(error("{")?.code == .malformed)
  }

  @Test("files that are missing are named")
  func missingFiles() {
    for name in ["config.json", "model.safetensors", "vocab.txt"] {
      let folder = StaticFixture.own().folder
      try? FileManager.default.removeItem(atPath: folder.path(of: name))
      #expect {
        try StaticEmbedder(folder: folder.path)
      } throws: { ($0 as? InputError)?.code == .missing }
    }
  }

  @Test("random damage to any file gives an error or a model, never a crash")
  func randomDamage() throws {
    forEachSeed(200) { random in
      let folder = StaticFixture.own().folder
      let name = ["config.json", "model.safetensors", "vocab.txt"][random.index(below: 3)]
      let file = URL(fileURLWithPath: folder.path(of: name))
      var bytes = [UInt8](try Data(contentsOf: file))
      for _ in 0...random.index(below: 4) {
        bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
      }
      if random.index(below: 3) == 0 { bytes.removeLast(random.index(below: bytes.count)) }
      folder.write(bytes, to: name)
      do {
        let embedder = try StaticEmbedder(folder: folder.path)
        let result = embedder.embed(
          ["red sea!", "", "blueish"], workers: Workers(threadCount: 1)
        ) { _ in }
        try require(result.matrix.rowCount == 3, "rows are missing")
      } catch is InputError {
      }
    }
  }
}
