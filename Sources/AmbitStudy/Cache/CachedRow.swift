package import AmbitEmbedding

/// One text's vector as the cache holds it.
package struct CachedRow: Equatable, Sendable {
  package var key: CacheKey
  package var reading: EmbeddedTexts.Reading
  package var values: [Float]

  package init(key: CacheKey, reading: EmbeddedTexts.Reading, values: [Float]) {
    self.key = key
    self.reading = reading
    self.values = values
  }
}
