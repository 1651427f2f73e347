/// The members of a ZIP file held in memory, as `np.savez` and `np.savez_compressed` write it.
///
/// Stored and deflated members are read. ZIP64, encryption and files in several parts are refused with
/// an error. Nothing is unpacked before it is asked for.
struct ZipArchive: Sendable {
  /// One member, as the central directory describes it.
  struct Member: Equatable, Sendable {
    let name: String
    let method: UInt16
    let isEncrypted: Bool
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    let headerOffset: Int
  }

  let members: [Member]
  let bytes: [UInt8]

  /// Reads the central directory.
  ///
  /// - Throws: `NPYError` where it is missing, cut, inconsistent, in ZIP64 or names a member twice.
  init(bytes: [UInt8]) throws(NPYError) {
    self.bytes = bytes
    members = try Self.directory(of: bytes)
  }

  private static func directory(of bytes: [UInt8]) throws(NPYError) -> [Member] {
    guard let end = endRecord(in: bytes) else {
      throw damaged("its directory is missing, so the file was probably cut")
    }
    let count = bytes.little16(at: end + 10)
    let size = bytes.little32(at: end + 12)
    let start = bytes.little32(at: end + 16)
    guard bytes.little16(at: end + 4) == 0, bytes.little16(at: end + 8) == count else {
      throw damaged("it is one part of several")
    }
    guard count != 0xffff, start != 0xffff_ffff, size != 0xffff_ffff else { throw zip64 }
    guard start + size <= end else { throw damaged("its directory lies outside the file") }
    var members: [Member] = []
    var names = Set<String>()
    var position = start
    for _ in 0..<count {
      let member = try member(at: &position, end: start + size, in: bytes)
      guard names.insert(member.name).inserted else {
        throw damaged("it names \"\(member.name)\" twice")
      }
      members.append(member)
    }
    return members
  }

  /// The end-of-directory record is 22 bytes and a comment of at most 65,535.
  private static func endRecord(in bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    let last = bytes.count - 22
    return (max(0, last - 0xffff)...last).reversed().first {
      bytes.little32(at: $0) == 0x0605_4b50 && $0 + 22 + bytes.little16(at: $0 + 20) == bytes.count
    }
  }

  private static func member(
    at position: inout Int, end: Int, in bytes: [UInt8]
  ) throws(NPYError) -> Member {
    guard position + 46 <= end, bytes.little32(at: position) == 0x0201_4b50 else {
      throw damaged("an entry of its directory is cut")
    }
    let nameLength = bytes.little16(at: position + 28)
    let next =
      position + 46 + nameLength + bytes.little16(at: position + 30)
      + bytes.little16(at: position + 32)
    guard next <= end else { throw damaged("an entry of its directory is cut") }
    let name = bytes[(position + 46)..<(position + 46 + nameLength)]
    let member = Member(
      name: String(decoding: name, as: UTF8.self),
      method: UInt16(bytes.little16(at: position + 10)),
      isEncrypted: bytes.little16(at: position + 8) & 1 != 0,
      checksum: UInt32(bytes.little32(at: position + 16)),
      packedSize: bytes.little32(at: position + 20), size: bytes.little32(at: position + 24),
      headerOffset: bytes.little32(at: position + 42))
    guard
      member.packedSize != 0xffff_ffff, member.size != 0xffff_ffff,
      member.headerOffset != 0xffff_ffff
    else { throw zip64 }
    position = next
    return member
  }

  static let zip64 = NPYError(
    "the archive is in ZIP64, which is for members above 4 GB",
    hint: "save the array alone: np.save(path, array)")

  static func damaged(_ found: String) -> NPYError {
    NPYError(
      "the archive is damaged: \(found)",
      hint: "copy the file again, or write it again with np.savez(path, name=array)")
  }
}

extension [UInt8] {
  /// The little-endian 16-bit number at `index`.
  func little16(at index: Int) -> Int { Int(self[index]) | Int(self[index + 1]) << 8 }

  /// The little-endian 32-bit number at `index`.
  func little32(at index: Int) -> Int { little16(at: index) | little16(at: index + 2) << 16 }
}
