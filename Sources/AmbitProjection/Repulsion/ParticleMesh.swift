internal import AmbitMatrix

/// The push of all points on all by a mesh for the smooth part and near pairs for the rest:
/// O(n + nodes·log nodes).
///
/// Quintic splines lay the points on the nodes and read the convolution off; forces are the slopes of
/// the splines. Sources: Linderman et al. 2019 (interpolation on a grid for t-SNE); Hockney &
/// Eastwood 1988 (particle–particle particle–mesh); Essmann et al. 1995 (splines).
struct ParticleMesh: Sendable {
  private let plan: MeshPlan
  private let kernel: SplitKernel
  private let convolution: MeshConvolution
  private let mesh: SharedBuffer<Float>

  init(plan: MeshPlan, span: SIMD2<Float>, workers: Workers) {
    self.plan = plan
    kernel = SplitKernel(limit: plan.reach * plan.reach)
    convolution = MeshConvolution(
      rows: MeshPlan.length(span.x, plan.spacing) / 2,
      columns: MeshPlan.length(span.y, plan.spacing) / 2, spacing: plan.spacing, kernel: kernel,
      workers: workers)
    mesh = SharedBuffer(repeating: 0, count: convolution.rows * convolution.stride + 16)
  }

  /// Whether points of this extent find room.
  func holds(_ span: SIMD2<Float>) -> Bool {
    MeshPlan.nodes(span.x, plan.spacing) <= convolution.rows
      && MeshPlan.nodes(span.y, plan.spacing) <= convolution.columns
  }

  /// Whether a mesh made for this extent would be less than two thirds as large.
  func isWasteful(for span: SIMD2<Float>) -> Bool {
    let needed =
      MeshPlan.length(span.x, plan.spacing) * MeshPlan.length(span.y, plan.spacing) / 4
    return 3 * needed < 2 * convolution.rows * convolution.columns
  }

  /// Writes the push on each point to `forces`; returns the sum of φ over all pairs, each point with
  /// itself included.
  func evaluate(
    _ points: MapPoints, low: SIMD2<Float>, span: SIMD2<Float>, into forces: MapPoints,
    workers: Workers
  ) -> Double {
    // Where there is no near part, the cells only sort the points for the mesh.
    let width = plan.reach > 0 ? plan.reach / 2 : 4 * plan.spacing
    let grid = CellGrid(points, low: low, span: span, width: width)
    lay(grid, low: low, width: width, workers: workers)
    convolution.apply(mesh, workers: workers)
    let near = NearField(grid: grid, kernel: kernel)
    let sum = workers.map(grid.rowCount) { row in
      var sum = 0.0
      for column in 0..<grid.columnCount {
        let cell = grid.range(row: row, columns: column...column)
        for first in stride(from: cell.lowerBound, to: cell.upperBound, by: 2) {
          let second = min(first + 1, cell.upperBound - 1)
          var (one, two) = (SIMD3<Float>.zero, SIMD3<Float>.zero)
          if kernel.limit > 0 { (one, two) = near.push(first, second, row: row, column: column) }
          sum += read(grid, first, low, adding: one, into: forces)
          if second > first { sum += read(grid, second, low, adding: two, into: forces) }
        }
      }
      return sum
    }.reduce(0, +)
    // Without a near part the kernel is φ − 1.
    let count = Double(points.count)
    return kernel.limit > 0 ? sum : sum + count * count
  }

  /// Which node is the first of six for a sorted point, and the weights of the six, each way.
  @inline(__always)
  private func place(
    _ grid: CellGrid, _ index: Int, _ low: SIMD2<Float>
  ) -> (node: Int, x: SplineWeights, y: SplineWeights) {
    let scale = 1 / plan.spacing
    let u = max(0, (grid.x.pointer[index] - low.x) * scale)
    let v = max(0, (grid.y.pointer[index] - low.y) * scale)
    let (row, column) = (Int(u), Int(v))
    return (
      row * convolution.stride + column, SplineWeights(offset: u - Float(row)),
      SplineWeights(offset: v - Float(column))
    )
  }

  /// Lays all points on the nodes.
  ///
  /// Bands of at least eight rows of nodes reach at most six rows, the last two lanes of eight
  /// included, into the next band: first the even bands side by side, then the odd ones.
  private func lay(_ grid: CellGrid, low: SIMD2<Float>, width: Float, workers: Workers) {
    mesh.fill(0)
    let height = Int((8 * plan.spacing / width).rounded(.up)) + 1
    let bandCount = (grid.rowCount + height - 1) / height
    for parity in 0..<2 {
      workers.forEachBlock(of: (bandCount + 1 - parity) / 2, size: 1) { block in
        for index in block {
          let first = (2 * index + parity) * height
          for row in first..<min(grid.rowCount, first + height) {
            for point in grid.range(row: row, columns: 0...grid.columnCount - 1) {
              let (node, x, y) = place(grid, point, low)
              for offset in 0..<SplineWeights.nodeCount {
                let target = mesh.pointer + node + offset * convolution.stride
                let sum =
                  UnsafeRawPointer(target).loadUnaligned(as: SIMD8<Float>.self)
                  + x.weights[offset] * y.weights
                UnsafeMutableRawPointer(target).storeBytes(of: sum, as: SIMD8<Float>.self)
              }
            }
          }
        }
      }
    }
  }

  /// Reads the smooth part off for one point, adds the near part, and returns the point's sum of φ.
  @inline(__always)
  private func read(
    _ grid: CellGrid, _ index: Int, _ low: SIMD2<Float>, adding near: SIMD3<Float>,
    into forces: MapPoints
  ) -> Double {
    let (node, x, y) = place(grid, index, low)
    var (level, tilt) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    for offset in 0..<SplineWeights.nodeCount {
      let values = UnsafeRawPointer(mesh.pointer + node + offset * convolution.stride)
        .loadUnaligned(as: SIMD8<Float>.self)
      level += x.weights[offset] * values
      tilt += x.slopes[offset] * values
    }
    let half = -0.5 / plan.spacing
    let target = Int(grid.order.pointer[index])
    forces.x.pointer[target] = half * (tilt * y.weights).total + near.x
    forces.y.pointer[target] = half * (level * y.slopes).total + near.y
    return Double((level * y.weights).total + near.z)
  }
}
