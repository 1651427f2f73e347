extension SafetensorsFile {
  /// A tensor to be written: its numbers are laid out already, row-major and little-endian.
  public struct Tensor: Sendable {
    /// Its name in the file.
    public let name: String
    /// How its numbers are stored.
    public let type: ElementType
    /// Its extents, outermost first.
    public let shape: [Int]
    /// Its numbers as they lie in the file.
    public let bytes: [UInt8]

    /// A tensor of single-precision numbers.
    public init(_ name: String, _ values: [Float], shape: [Int]) {
      self.init(name, .f32, values.map(\.bitPattern.littleEndian), shape: shape)
    }

    /// A tensor of bytes.
    public init(_ name: String, _ values: [Int8], shape: [Int]) {
      self.init(name, .i8, values, shape: shape)
    }

    private init<Number>(_ name: String, _ type: ElementType, _ values: [Number], shape: [Int]) {
      precondition(values.count == shape.reduce(1, *), "numbers fill the extents")
      self.name = name
      self.type = type
      self.shape = shape
      bytes = values.withUnsafeBytes { Array($0) }
    }
  }

  /// The bytes of a file of these tensors, in this order.
  ///
  /// The same tensors give the same bytes. The numbers begin at a multiple of 8, as the format asks.
  public static func encoded(_ tensors: [Tensor]) -> [UInt8] {
    var header = JSONObject()
    var offset = 0
    for tensor in tensors {
      header[tensor.name] = [
        "dtype": .string(tensor.type.rawValue),
        "shape": .array(tensor.shape.map { .integer($0) }),
        "data_offsets": [.integer(offset), .integer(offset + tensor.bytes.count)],
      ]
      offset += tensor.bytes.count
    }
    precondition(header.members.count == tensors.count, "tensors have different names")
    var text = JSONWriter().bytes(.object(header))
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + text.count + offset)
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += text
    for tensor in tensors { bytes += tensor.bytes }
    return bytes
  }
}
