extension ZipArchive {
  /// A ZIP file of stored members, each dated 1 January 1980: the same content gives the same bytes.
  ///
  /// Names and sizes must fit the classic format: together below 4 GB, fewer than 65,535 members.
  static func encoded(_ members: [(name: String, contents: [UInt8])]) -> [UInt8] {
    precondition(members.count < 0xffff, "too many members for a classic archive")
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = bytes.count
      let name = Array(member.name.utf8)
      precondition(offset + member.contents.count < 0xffff_ffff, "an archive stays below 4 GB")
      // Version 2.0, UTF-8 names, stored, time 0, date 1980-01-01.
      var shared: [UInt8] = []
      shared.append(little: 20, count: 2)
      shared.append(little: 0x0800, count: 2)
      shared.append(little: 0, count: 2)
      shared.append(little: 0, count: 2)
      shared.append(little: 0x21, count: 2)
      shared.append(little: Int(checksum(member.contents)), count: 4)
      shared.append(little: member.contents.count, count: 4)
      shared.append(little: member.contents.count, count: 4)
      shared.append(little: name.count, count: 2)
      shared.append(little: 0, count: 2)

      bytes.append(little: 0x0403_4b50, count: 4)
      bytes += shared + name + member.contents

      directory.append(little: 0x0201_4b50, count: 4)
      directory.append(little: 20, count: 2)
      directory += shared
      directory.append(little: 0, count: 10)
      directory.append(little: offset, count: 4)
      directory += name
    }
    let start = bytes.count
    bytes += directory
    bytes.append(little: 0x0605_4b50, count: 4)
    bytes.append(little: 0, count: 4)
    bytes.append(little: members.count, count: 2)
    bytes.append(little: members.count, count: 2)
    bytes.append(little: directory.count, count: 4)
    bytes.append(little: start, count: 4)
    bytes.append(little: 0, count: 2)
    return bytes
  }
}

extension [UInt8] {
  /// Appends the low `count` bytes of `number`, lowest first.
  fileprivate mutating func append(little number: Int, count: Int) {
    for index in 0..<count {
      append(index < 8 ? UInt8(truncatingIfNeeded: number >> (8 * index)) : 0)
    }
  }
}
