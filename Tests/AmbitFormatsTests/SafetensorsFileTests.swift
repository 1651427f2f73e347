import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

@Suite struct SafetensorsFileTests {
  /// A file from its header and the bytes behind it.
  static func bytes(_ header: String, data: Int, claimed: UInt64? = nil) -> [UInt8] {
    let length = claimed ?? UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
      + Array(header.utf8)
      + (0..<data).map { UInt8(truncatingIfNeeded: $0) }
  }

  @Test func readsWhatPythonWrote() throws {
    let folder = TemporaryFolder()
    let file = try SafetensorsFile(
      path: folder.write(SafetensorsFixture.bytes, to: "m.safetensors"))
    let numbers: [Float] = [0, -0.0, 1, -2.5, 65504, 6e-8, 0.333251953125, .infinity]
    #expect(try file.floats("f32", shape: [2, 4]) == numbers)
    #expect(try file.floats("f64") == numbers)
    // Half precision rounds the sixth to its smallest step; bfloat16 keeps eight bits of each.
    #expect(try file.floats("f16", shape: [2, 4]) == numbers.map { $0 == 6e-8 ? 0x1p-24 : $0 })
    let short = try file.floats("bf16", shape: [2, 4])
    for (found, wanted) in zip(short, numbers) {
      #expect(found == wanted || abs(found / wanted - 1) <= 0x1p-8, "\(found), \(wanted)")
    }
    #expect(try file.floats("f32")[1].sign == .minus)
    #expect(try file.floats("i8") == [-128, 127, 0])
    #expect(try file.floats("u8") == [255, 1])
    #expect(try file.floats("i32") == [-70_000, 5])
    #expect(try file.floats("i64") == [0x1p40, -1])
    #expect(try file.floats("one", shape: []) == [3.5])
    #expect(try file.floats("none", shape: [0, 4]) == [])
    #expect(file.metadata.map(\.name) == ["a", "format"])
    #expect(file.metadata.map(\.value) == ["b", "pt"])
    #expect(file.entries.count == 10)
  }

  @Test func rowsAreReadOneByOne() throws {
    let folder = TemporaryFolder()
    let file = try SafetensorsFile(
      path: folder.write(SafetensorsFixture.bytes, to: "m.safetensors"))
    let rows = try file.rows("f16")
    #expect(rows.rowCount == 2 && rows.columnCount == 4 && rows.type == .f16)
    var row = [Float](repeating: 9, count: 4)
    row.withUnsafeMutableBufferPointer { rows.read(row: 1, into: $0.baseAddress!) }
    #expect(row == Array(try file.floats("f16")[4...]))
  }

  @Test func everyHalfIsExact() throws {
    // All 65,536 halves, against the definition of the format in double precision.
    let folder = TemporaryFolder()
    let header = #"{"h":{"dtype":"F16","shape":[65536],"data_offsets":[0,131072]}}"#
    var bytes = Self.bytes(header, data: 0)
    for bits in UInt16.min...UInt16.max { bytes += [UInt8(bits & 255), UInt8(bits >> 8)] }
    let found = try SafetensorsFile(path: folder.write(bytes, to: "h")).floats("h")
    for bits in UInt16.min...UInt16.max {
      let sign: Double = bits >> 15 == 0 ? 1 : -1
      let exponent = Int(bits >> 10 & 31)
      let fraction = Double(bits & 1023)
      let value = found[Int(bits)]
      if exponent == 31 {
        #expect(fraction == 0 ? Double(value) == sign * .infinity : value.isNaN)
      } else {
        let scale = exponent == 0 ? 0x1p-24 : Elementary.pow(2, Double(exponent - 25))
        let wanted = sign * scale * (exponent == 0 ? fraction : 1024 + fraction)
        #expect(Double(value) == wanted)
      }
    }
  }
}
