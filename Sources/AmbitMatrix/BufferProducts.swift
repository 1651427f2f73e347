/// Matrix products between buffers that the caller owns, for work that reuses its memory.
///
/// Each call is one single-threaded SGEMM. For one shape the result of a row does not depend on the
/// other rows; between shapes it may differ in the last bits, as OpenBLAS picks its kernel by shape.
package enum BufferProducts {
  /// A row-major matrix in foreign memory: row *i* begins at `start + i * stride`.
  package struct Operand {
    let start: UnsafePointer<Float>
    let stride: Int

    package init(_ start: UnsafePointer<Float>, stride: Int) {
      self.start = start
      self.stride = stride
    }
  }

  /// `C = keep · C + A · B`, where A is `rows × inner`, B `inner × columns`, C `rows × columns`.
  package static func multiply(
    _ a: Operand, by b: Operand, rows: Int, inner: Int, columns: Int,
    into c: UnsafeMutablePointer<Float>, stride: Int, keep: Float
  ) {
    BLAS.accumulateProduct(
      a.start, rows: rows, inner: inner, leadingA: a.stride, transposeA: false, b.start,
      columns: columns, leadingB: b.stride, transposeB: false, into: c, leadingC: stride, keep: keep
    )
  }

  /// `C = A · Bᵀ`, where A is `rows × inner`, B `columns × inner`, C `rows × columns`.
  package static func multiply(
    _ a: Operand, byTransposeOf b: Operand, rows: Int, inner: Int, columns: Int,
    into c: UnsafeMutablePointer<Float>, stride: Int
  ) {
    BLAS.accumulateProduct(
      a.start, rows: rows, inner: inner, leadingA: a.stride, transposeA: false, b.start,
      columns: columns, leadingB: b.stride, transposeB: true, into: c, leadingC: stride, keep: 0)
  }
}
