import AmbitEmbedding

extension Segment {
  /// The bytes of a segment file. Of rows with the same key the first counts.
  ///
  /// The same rows in any order give the same bytes.
  package static func encoded(_ rows: [CachedRow], fingerprint: String, dimension: Int) -> [UInt8] {
    precondition(rows.allSatisfy { $0.values.count == dimension }, "rows have one width")
    var sorted = rows.indices.sorted { (rows[$0].key, $0) < (rows[$1].key, $1) }
    var last: CacheKey?
    sorted.removeAll { index in
      defer { last = rows[index].key }
      return last == rows[index].key
    }
    let name = Array(fingerprint.utf8)
    precondition(name.count <= SegmentLayout.largestFingerprint, "a fingerprint is one line")
    var bytes: [UInt8] = SegmentLayout.magic
    let indexOffset = SegmentLayout.indexOffset(fingerprintLength: name.count)
    bytes.reserveCapacity(
      indexOffset + sorted.count * (SegmentLayout.entrySize + 4 * dimension))
    bytes.append(little: UInt32(dimension))
    bytes.append(little: UInt32(name.count))
    bytes.append(little: UInt64(sorted.count))
    let start = bytes.withUnsafeBytes { SegmentLayout.checksum($0) }
    bytes.append(
      little: name.withUnsafeBytes { SegmentLayout.checksum($0, from: start) })
    bytes += name
    bytes += [UInt8](repeating: 0, count: indexOffset - bytes.count)
    for index in sorted { bytes += entry(rows[index]) }
    for index in sorted {
      for value in rows[index].values { bytes.append(little: value.bitPattern) }
    }
    return bytes
  }

  private static func entry(_ row: CachedRow) -> [UInt8] {
    var entry: [UInt8] = []
    entry.reserveCapacity(SegmentLayout.entrySize)
    for word in 0..<4 {
      withUnsafeBytes(of: row.key.words[word].bigEndian) { entry.append(contentsOf: $0) }
    }
    entry.append(little: UInt32(clamping: row.reading.tokenCount))
    entry.append(little: UInt32(clamping: row.reading.unknownCount))
    entry.append(little: row.reading.isTruncated ? SegmentLayout.truncatedFlag : 0)
    let start = entry.withUnsafeBytes { SegmentLayout.checksum($0) }
    let values = row.values.map(\.bitPattern.littleEndian)
    entry.append(little: values.withUnsafeBytes { SegmentLayout.checksum($0, from: start) })
    return entry
  }
}
