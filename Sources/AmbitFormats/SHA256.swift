import CCrypto

/// SHA-256 by libcrypto: names of contents in manifests and cache keys.
public enum SHA256 {
  /// The digest of `bytes`: 32 bytes.
  public static func digest(of bytes: some Sequence<UInt8>) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let isDone =
      bytes.withContiguousStorageIfAvailable { hash($0, into: &digest) }
      ?? Array(bytes).withUnsafeBufferPointer { hash($0, into: &digest) }
    precondition(isDone, "libcrypto has no SHA-256")
    return digest
  }

  /// The digest in 64 hexadecimal digits.
  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    hexadecimal(digest: digest(of: bytes))
  }

  /// The digest of a text's UTF-8 in 64 hexadecimal digits.
  public static func hexadecimal(of text: String) -> String {
    var text = text
    return text.withUTF8 { hexadecimal(of: $0) }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, into digest: inout [UInt8]) -> Bool
  {
    // The context and the fetched algorithm are made once a thread: fetching by name for each of many
    // short texts would cost more than hashing them.
    EVP_Digest(bytes.baseAddress, bytes.count, &digest, nil, algorithm.pointer, nil) == 1
  }

  private static func hexadecimal(digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 64) { text in
      for (index, byte) in digest.enumerated() {
        text[2 * index] = digits[Int(byte >> 4)]
        text[2 * index + 1] = digits[Int(byte & 15)]
      }
      return 64
    }
  }

  private struct Algorithm: @unchecked Sendable {
    // Fetched once: with libcrypto 3 an unfetched algorithm is looked up by name at every use.
    let pointer = EVP_MD_fetch(nil, "SHA256", nil)
  }
  private static let algorithm = Algorithm()
}
