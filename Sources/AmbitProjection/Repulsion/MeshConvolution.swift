internal import AmbitMatrix

/// The convolution of numbers on a mesh with an even kernel, without wrap-around.
///
/// The mesh has `rows × columns` nodes, row after row, `stride` apart. The transform is twice as long
/// each way. Sixteen neighbouring columns are transformed at once, two real ones as one complex.
struct MeshConvolution: Sendable {
  let rows: Int
  let columns: Int
  /// Columns filled up to a multiple of 32.
  let stride: Int
  private let along: FourierTransform
  private let across: FourierTransform
  /// How many lanes of frequencies along the rows' direction are kept: half of them, and one.
  private let bands: Int
  /// The transform of the kernel over those of the splines, band by band.
  private let influence: SharedBuffer<Lanes>
  /// Room for the transform of a mesh.
  private let spectrum: Spectrum

  /// - Parameters:
  ///   - rows: how many rows of nodes hold points.
  ///   - columns: how many columns do.
  ///   - kernel: the kernel at a squared distance.
  init(
    rows: Int, columns: Int, spacing: Float, kernel: SplitKernel, workers: Workers
  ) {
    self.rows = rows
    self.columns = columns
    stride = (columns + 31) / 32 * 32
    along = FourierTransform(length: FourierTransform.length(atLeast: 2 * rows))
    across = FourierTransform(length: FourierTransform.length(atLeast: 2 * columns))
    bands = along.length / 2 / 16 + 1
    influence = SharedBuffer(repeating: .zero, count: bands * across.length)
    spectrum = Spectrum(rows: stride, bands: bands)
    fillInfluence(spacing: Double(spacing), kernel: kernel, workers: workers)
  }

  /// Replaces the numbers on the mesh by their convolution with the kernel.
  func apply(_ mesh: SharedBuffer<Float>, workers: Workers) {
    forward(mesh, rows: rows, stride: stride, into: spectrum, workers: workers)
    let (length, count) = (across.length, columns)
    workers.forEachBlock(of: bands, size: 1) { block in
      ComplexLanes.withRoom(length) { values, work in
        for band in block {
          spectrum.load(band: band, count: count, into: values)
          for index in count..<length { values[index] = ComplexValue(re: .zero, im: .zero) }
          across.transform(values, work: work)
          let factors = influence.pointer + band * length
          for index in 0..<length {
            values.real[index] *= factors[index]
            values.imaginary[index] *= factors[index]
          }
          across.transform(values.exchanged, work: work)
          spectrum.store(band: band, count: count, from: values)
        }
      }
    }
    backward(spectrum, into: mesh, workers: workers)
  }

  /// Transforms each column, two as one: column v and column v + stride/2.
  private func forward(
    _ mesh: SharedBuffer<Float>, rows: Int, stride: Int, into spectrum: Spectrum, workers: Workers
  ) {
    let length = along.length
    let half = stride / 2
    workers.forEachBlock(of: half / 16, size: 1) { block in
      ComplexLanes.withRoom(length) { values, work in
        for strip in block {
          let source = mesh.pointer + 16 * strip
          for row in 0..<rows {
            values.real[row] = source.lanes(row * stride)
            values.imaginary[row] = source.lanes(row * stride + half)
          }
          for row in rows..<length { values[row] = ComplexValue(re: .zero, im: .zero) }
          along.transform(values, work: work)
          // Of z = a + ib with real a and b: A = (Z[k] + Z̄[−k])/2, B = (Z[k] − Z̄[−k])/2i.
          for band in 0..<bands {
            for offset in 0..<16 {
              let k = min(16 * band + offset, length - 1)
              let (value, mirror) = (values[k], values[(length - k) % length].conjugate)
              work[offset] = (value + mirror) * 0.5
              work[16 + offset] = (value - mirror).turned * 0.5
            }
            spectrum.write(band: band, row: 16 * strip, from: work, at: 0)
            spectrum.write(band: band, row: half + 16 * strip, from: work, at: 16)
          }
        }
      }
    }
  }

  /// The way back: two spectra as one, two real columns from one complex.
  private func backward(
    _ spectrum: Spectrum, into mesh: SharedBuffer<Float>, workers: Workers
  ) {
    let length = along.length
    let half = stride / 2
    workers.forEachBlock(of: half / 16, size: 1) { block in
      ComplexLanes.withRoom(length) { values, work in
        for strip in block {
          for band in 0..<bands {
            spectrum.read(band: band, row: 16 * strip, into: work, at: 0)
            spectrum.read(band: band, row: half + 16 * strip, into: work, at: 16)
            for offset in 0..<16 where 16 * band + offset <= length / 2 {
              let k = 16 * band + offset
              let (a, b) = (work[offset], work[16 + offset])
              values[k] = ComplexValue(re: a.re - b.im, im: a.im + b.re)
              if k > 0, 2 * k < length {
                values[length - k] = ComplexValue(re: a.re + b.im, im: b.re - a.im)
              }
            }
          }
          along.transform(values.exchanged, work: work)
          let target = mesh.pointer + 16 * strip
          for row in 0..<rows {
            target.setLanes(row * stride, values.real[row])
            target.setLanes(row * stride + half, values.imaginary[row])
          }
        }
      }
    }
  }

  /// The kernel's transform, divided twice by that of the spline: once for laying the points on the
  /// nodes, once for reading the nodes off at the points.
  private func fillInfluence(spacing: Double, kernel: SplitKernel, workers: Workers) {
    let (height, width) = (along.length, across.length)
    let padded = (width + 31) / 32 * 32
    let mesh = SharedBuffer<Float>(repeating: 0, count: height * padded)
    workers.forEachBlock(of: height, size: 8) { block in
      for row in block {
        let u = Double(min(row, height - row)) * spacing
        for column in 0..<width {
          let v = Double(min(column, width - column)) * spacing
          mesh.pointer[row * padded + column] = Float(kernel.smooth(u * u + v * v))
        }
      }
    }
    let spectrum = Spectrum(rows: padded, bands: bands)
    forward(mesh, rows: height, stride: padded, into: spectrum, workers: workers)
    let rowFactors = (0..<16 * bands).map { Self.inverseSquare(frequency: $0, of: height) }
    let columnFactors = (0..<width).map { Self.inverseSquare(frequency: $0, of: width) }
    let scale = 1 / Double(height * width)
    workers.forEachBlock(of: bands, size: 1) { block in
      ComplexLanes.withRoom(width) { values, work in
        for band in block {
          spectrum.load(band: band, count: width, into: values)
          across.transform(values, work: work)
          var factors = Lanes.zero
          for lane in 0..<16 { factors[lane] = Float(rowFactors[16 * band + lane]) }
          for column in 0..<width {
            influence.pointer[band * width + column] =
              values.real[column] * factors * Float(columnFactors[column] * scale)
          }
        }
      }
    }
  }

  /// The inverse square of the transform of a quintic spline's values at the nodes, 1/120, 26/120,
  /// 66/120, 26/120, 1/120.
  private static func inverseSquare(frequency: Int, of length: Int) -> Double {
    let cosine = Elementary.cos(2 * Double.pi * Double(frequency) / Double(length))
    // cos 2x = 2 cos² x − 1.
    let value = (64 + 52 * cosine + 4 * cosine * cosine) / 120
    return 1 / (value * value)
  }
}
