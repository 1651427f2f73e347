import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct RepulsionTests {
  static let workers = Workers(threadCount: 2)

  /// All pairs, in double precision.
  static func oracle(_ places: [SIMD2<Float>]) -> (push: [SIMD2<Double>], sum: Double) {
    var sum = 0.0
    let push = places.indices.map { i in
      var force = SIMD2<Double>(0, 0)
      for j in places.indices where j != i {
        let difference = SIMD2<Double>(places[i]) - SIMD2<Double>(places[j])
        let phi = 1 / (1 + (difference * difference).sum())
        force += phi * phi * difference
        sum += phi
      }
      return force
    }
    return (push, sum)
  }

  static func relativeError(_ found: [SIMD2<Float>], _ truth: [SIMD2<Double>]) -> Double {
    let error = zip(found, truth).reduce(0.0) {
      let difference = SIMD2<Double>($1.0) - $1.1
      return $0 + (difference * difference).sum()
    }
    return (error / truth.reduce(0) { $0 + ($1 * $1).sum() }).squareRoot()
  }

  /// Round, long, clustered, and with one point far away.
  static func cloud(_ count: Int, size: Double, kind: Int, _ random: inout SplitMix64)
    -> [SIMD2<Float>]
  {
    let centres = (0..<6).map { _ in SIMD2(random.normal(), random.normal()) }
    return (0..<count).map { index in
      var place = SIMD2(random.normal(), random.normal())
      if kind == 1 { place.y *= 0.05 }
      if kind == 2 { place = 0.1 * place + centres[random.index(below: 6)] }
      if kind == 3, index == 0 { place = SIMD2(12, -9) }
      return SIMD2<Float>(place * size)
    }
  }

  @Test func meshEqualsTheExactSumOnCloudsOfEverySize() {
    forEachSeed(120) { random in
      let count = 20 + random.index(below: 1200)
      let size = Elementary.exp(-9 + 13 * random.uniform())
      let places = Self.cloud(count, size: size, kind: random.index(below: 4), &random)
      let truth = Self.oracle(places)
      let found = MapForces.repulsion(places, alwaysMesh: true, workers: Self.workers)
      let error = Self.relativeError(found.push, truth.push)
      try require(error < 1e-3, "error \(error) for \(count) points of size \(size)")
      try require(agree(found.sum, truth.sum, relative: 1e-3), "sum \(found.sum), \(truth.sum)")
    }
  }

  @Test func theCheapestWayIsRightToo() {
    var meshes = 0
    for (seed, size) in [1e-4, 1e-2, 0.3, 1, 3, 10, 30, 60].enumerated() {
      var random = SplitMix64(seed: UInt64(seed))
      let places = Self.cloud(4000, size: size, kind: seed % 3, &random)
      let truth = Self.oracle(places)
      let found = MapForces.repulsion(places, workers: Self.workers)
      let error = Self.relativeError(found.push, truth.push)
      #expect(error < 1e-3, "size \(size)")
      #expect(agree(found.sum, truth.sum, relative: 1e-3))
      meshes += found.spacing != nil ? 1 : 0
    }
    #expect(meshes >= 4)
  }

  @Test func fewPointsAreSummedExactly() {
    var random = SplitMix64(seed: 3)
    let places = Self.cloud(101, size: 4, kind: 0, &random)
    let truth = Self.oracle(places)
    let found = MapForces.repulsion(places, workers: Self.workers)
    #expect(found.spacing == nil)
    #expect(Self.relativeError(found.push, truth.push) < 1e-6)
    #expect(agree(found.sum, truth.sum, relative: 1e-6))
  }

  @Test func pushesAddUpToNothing() {
    var random = SplitMix64(seed: 4)
    let places = Self.cloud(3000, size: 8, kind: 2, &random)
    let found = MapForces.repulsion(places, workers: Self.workers)
    let total = found.push.reduce(SIMD2<Float>(0, 0), +)
    let size = found.push.reduce(Float(0)) { $0 + ($1 * $1).sum().squareRoot() }
    #expect(abs(total.x) + abs(total.y) < 1e-3 * size)
  }

  @Test func threadsDoNotChangeAnything() {
    var random = SplitMix64(seed: 6)
    let places = Self.cloud(5000, size: 9, kind: 0, &random)
    let one = MapForces.repulsion(places, workers: Workers(threadCount: 1))
    let three = MapForces.repulsion(places, workers: Workers(threadCount: 3))
    #expect(one.push == three.push)
    #expect(one.sum == three.sum)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 8, 9, 15, 16, 30, 60, 64, 90, 128, 250])
  func fourierEqualsItsDefinition(length: Int) {
    var random = SplitMix64(seed: UInt64(length))
    let values = (0..<length).map { _ in SIMD2(Float(random.normal()), Float(random.normal())) }
    let found = MapForces.fourier(values)
    for k in 0..<length {
      var sum = SIMD2<Double>(0, 0)
      for (j, value) in values.enumerated() {
        let angle = -2 * Double.pi * Double(j * k % length) / Double(length)
        let (c, s) = (Elementary.cos(angle), Elementary.sin(angle))
        sum += SIMD2(
          Double(value.x) * c - Double(value.y) * s, Double(value.x) * s + Double(value.y) * c)
      }
      let error = SIMD2<Double>(found[k]) - sum
      #expect(abs(error.x) + abs(error.y) < 2e-6 * Double(length).squareRoot() * 4, "k = \(k)")
    }
  }
}
