internal import COpenBLAS

/// The door to OpenBLAS. Nothing outside this module sees a C name.
enum BLAS {
  /// Ambit runs its own threads over row blocks; BLAS threads below them would only contend, and
  /// would let the thread count change the last bits.
  static func useOneThreadPerCall() { _ = oneThread }
  private static let oneThread: Void = {
    openblas_set_num_threads(1)
    ambitEndThreadsOfBLAS()
  }()

  /// The OpenBLAS build that does the work, for example `OpenBLAS 0.3.21 … SkylakeX`.
  static var build: String {
    let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
    let core = openblas_get_corename().map { String(cString: $0) } ?? ""
    return configuration.contains(core) ? configuration : "\(configuration) \(core)"
  }

  /// `C += A · B` (optionally with A or B transposed), all row-major.
  static func accumulateProduct(
    _ a: UnsafePointer<Float>, rows: Int, inner: Int, leadingA: Int, transposeA: Bool,
    _ b: UnsafePointer<Float>, columns: Int, leadingB: Int, transposeB: Bool,
    into c: UnsafeMutablePointer<Float>, leadingC: Int, keep beta: Float
  ) {
    guard rows > 0, columns > 0 else { return }
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasInt(rows), blasInt(columns), blasInt(inner), 1, a, blasInt(leadingA), b,
      blasInt(leadingB), beta, c, blasInt(leadingC))
  }

  /// `C = A · Bᵀ` in double precision, all row-major and dense.
  static func product(
    _ a: UnsafePointer<Double>, rows: Int, inner: Int, transposeOf b: UnsafePointer<Double>,
    columns: Int, into c: UnsafeMutablePointer<Double>
  ) {
    guard rows > 0, columns > 0 else { return }
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, blasInt(rows), blasInt(columns), blasInt(inner), 1,
      a, blasInt(max(1, inner)), b, blasInt(max(1, inner)), 0, c, blasInt(columns))
  }

  /// The upper triangle of `AᵀA` for a row-major `rows × columns` block.
  static func upperGram(
    of a: UnsafePointer<Float>, rows: Int, columns: Int, into c: UnsafeMutablePointer<Float>
  ) {
    cblas_ssyrk(
      CblasRowMajor, CblasUpper, CblasTrans, blasInt(columns), blasInt(rows), 1, a,
      blasInt(columns), 0, c, blasInt(columns))
  }

  static func dot(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  ) -> Double {
    cblas_dsdot(blasInt(count), a, 1, b, 1)
  }

  private static func blasInt(_ value: Int) -> blasint { blasint(value) }
}

/// Ends the threads that OpenBLAS starts with the program and that Ambit never uses: they would spin for the
/// first tenths of a second. Whatever multiplies does the same; programs call it first to lose nothing.
public func endThreadsOfBLAS() { BLAS.useOneThreadPerCall() }

/// The BLAS build in use, for the manifest.
public var blasDescription: String { BLAS.build }
