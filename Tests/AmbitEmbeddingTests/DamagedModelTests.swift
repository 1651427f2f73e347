import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

@Suite struct DamagedModelTests {
  /// A copy of a small model with one file edited.
  private func copy(editing name: String, _ edit: (String) -> String?) throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    let source = Fixture.path("encoders/bert")
    for file in [
      "config.json", "model.safetensors", "tokenizer.json", "modules.json", "1_Pooling/config.json",
      "sentence_bert_config.json",
    ] {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(source)/\(file)")))
      if file != name {
        folder.write(bytes, to: file)
      } else if let text = edit(String(decoding: bytes, as: UTF8.self)) {
        folder.write(text, to: file)
      }
    }
    return folder
  }

  private func error(editing name: String, _ edit: (String) -> String?) throws -> InputError? {
    let folder = try copy(editing: name, edit)
    do {
      _ = try TransformerEmbedder(folder: folder.path)
      return nil
    } catch {
      return error as? InputError
    }
  }

  private func replacing(_ old: String, _ new: String) -> (String) -> String? {
    { text in
      #expect(text.contains(old), "the fixture has no \(old)")
      return text.replacingOccurrences(of: old, with: new)
    }
  }

  @Test func faultsNameFileAndField() throws {
    let cases: [(String, String, String, String?)] = [
      ("config.json", #""model_type": "bert""#, #""model_type": "t5""#, "model_type"),
      ("config.json", #""hidden_act": "gelu""#, #""hidden_act": "swish""#, "hidden_act"),
      ("config.json", #""hidden_size": 40"#, #""hidden_size": 41"#, "num_attention_heads"),
      ("config.json", #""hidden_size": 40"#, #""hidden_size": -1"#, "hidden_size"),
      ("config.json", #""hidden_size": 40"#, #""hidden_size": 1e9"#, "hidden_size"),
      ("config.json", #""hidden_size": 40"#, #""hidden": 40"#, "hidden_size"),
      (
        "config.json", #""num_hidden_layers": 2"#, #""num_hidden_layers": 3"#,
        "encoder.layer.2.attention.self.query.weight"
      ),
      (
        "config.json", #""intermediate_size": 72"#, #""intermediate_size": 71"#,
        "encoder.layer.0.intermediate.dense.weight"
      ),
      (
        "config.json", #""max_position_embeddings": 64"#, #""max_position_embeddings": 1000000"#,
        "embeddings.position_embeddings.weight"
      ),
      ("modules.json", "Normalize", "Dense", "[2]"),
      (
        "1_Pooling/config.json", #""pooling_mode_max_tokens": false"#,
        #""pooling_mode_max_tokens": true"#, "pooling_mode_max_tokens"
      ),
      ("sentence_bert_config.json", "60", "2", "max_seq_length"),
      ("sentence_bert_config.json", "60", "\"60\"", "max_seq_length"),
      ("tokenizer.json", #""[PAD]": 0"#, #""[PAD]": 70000"#, nil),
    ]
    for (file, old, new, field) in cases {
      let found = try #require(try error(editing: file, replacing(old, new)), "\(new)")
      #expect(found.field == field, "\(new): \(found)")
      #expect(found.path != nil && found.hint != nil, "\(new): \(found)")
    }
  }

  @Test func absentFilesAreNamed() throws {
    for file in ["config.json", "model.safetensors", "tokenizer.json"] {
      let found = try #require(try error(editing: file) { _ in nil })
      #expect(found.code == .missing, "\(file)")
    }
    for file in ["modules.json", "1_Pooling/config.json", "sentence_bert_config.json"] {
      #expect(try error(editing: file) { _ in nil } == nil, "\(file)")
    }
  }

  @Test func mutatedConfigurationsNeverCrash() throws {
    let folder = try copy(editing: "", { $0 })
    let names = [
      "config.json", "modules.json", "1_Pooling/config.json", "sentence_bert_config.json",
    ]
    var refused = 0
    forEachSeed(120) { random in
      let name = names[Int(random.next() % 4)]
      let path = folder.path(of: name)
      let original = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      var bytes = original
      for _ in 0..<1 + Int(random.next() % 3) {
        bytes[Int(random.next() % UInt64(bytes.count))] =
          Array("0123456789[]{},\":-etrufals".utf8)[
            Int(random.next() % 26)]
      }
      folder.write(bytes, to: name)
      defer { folder.write(original, to: name) }
      do {
        _ = try TransformerEmbedder(folder: folder.path).embed(
          ["the cat"], workers: Workers(threadCount: 1))
      } catch is InputError {
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}
