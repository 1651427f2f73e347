import AmbitEmbedding
import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

/// A radius belongs to certain weights: another model of the same name must not inherit it.
@Suite struct CalibratedRadiusTests {
  @Test("the embedders that were held against people's judgements have a radius, others none")
  func byWeights() throws {
    let shipped = SharedData.repository.appendingPathComponent("assets/models/ambit-static-en").path
    for window in [nil, 64] {
      let model = try StaticEmbedder(folder: shipped, windowTokens: window)
      #expect(
        CalibratedRadius.value(forFingerprint: model.fingerprint) == 0.19,
        "the shipped model has changed: run Benchmarks/clusters.py --embedder static")
    }
    #expect(CalibratedRadius.value(forFingerprint: LexicalEmbedder().fingerprint) == 0.37)
    #expect(CalibratedRadius.value(forFingerprint: "vectors-0123456789abcdef") == nil)
    #expect(
      CalibratedRadius.value(forFingerprint: "static-v1 sha256=00 dimension=256 window=254") == nil)
  }
}
