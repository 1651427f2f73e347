/// A file of named tensors, as Hugging Face's safetensors format holds model weights.
///
/// Opening reads and checks the header alone; numbers are read from the mapped file when asked for, so
/// that a large table costs memory only for the rows that are used. Every extent and offset is checked
/// against the bytes that are there before anything is allocated.
/// Format: 8 bytes of header length, a JSON header, then the numbers, row-major and little-endian.
public struct SafetensorsFile: Sendable {
  /// How the numbers of a tensor are stored.
  public enum ElementType: String, Sendable, CaseIterable {
    /// The format's names. `BF16` is the upper half of `F32`.
    case f64 = "F64"
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
    case i64 = "I64"
    case i32 = "I32"
    case i16 = "I16"
    case i8 = "I8"
    case u8 = "U8"
    case bool = "BOOL"

    /// Bytes per number.
    public var width: Int {
      switch self {
      case .f64, .i64: 8
      case .f32, .i32: 4
      case .f16, .bf16, .i16: 2
      case .i8, .u8, .bool: 1
      }
    }
  }

  /// One tensor of the header.
  public struct Entry: Equatable, Sendable {
    /// Its name in the file.
    public let name: String
    /// How its numbers are stored.
    public let type: ElementType
    /// Its extents, outermost first; none for a single number.
    public let shape: [Int]
    /// The place of its bytes in the file.
    let range: Range<Int>

    /// How many numbers it holds.
    public var count: Int { range.count / type.width }
  }

  /// The path as given.
  public var path: String { file.path }
  /// The tensors in the order of their bytes in the file.
  public let entries: [Entry]
  /// What the file says of itself under `__metadata__`, sorted by name.
  public let metadata: [(name: String, value: String)]
  let file: MappedFile

  /// Opens `path` and checks its header.
  ///
  /// - Throws: `InputError` that names the tensor: a file too short for its header, a header beyond
  ///   100 MB (the format's limit) or that is not JSON, an unknown element type, extents whose product
  ///   is not the byte count, offsets outside the file, overlapping, or leaving holes.
  public init(path: String) throws {
    let file = try MappedFile(path: path)
    let header = try SafetensorsHeader(file.bytes, path: path)
    self.file = file
    entries = header.entries
    metadata = header.metadata
  }

  /// The tensor of that name, if there is one.
  public func entry(_ name: String) -> Entry? {
    entries.first { $0.name.utf8.elementsEqual(name.utf8) }
  }
}

extension SafetensorsFile {
  /// SHA-256 of the whole file in hexadecimal. Reads every byte.
  public var sha256: String { SHA256.hexadecimal(of: file.bytes) }
}
