import AmbitMatrix
import AmbitMeasures
import Testing
@Suite struct ZTiming {
  @Test func t() {
    var r = SplitMix64(seed: 1)
    let c = ContinuousClock()
    for kind in 0..<2 {
      let pts = kind == 0 ? Clouds.disk(1_000_000, &r) : Clouds.gaussian(1_000_000, &r)
      for _ in 0..<3 { var v = 0; let t = c.measure { v = ConvexPolygon(hullOf: pts).vertices.count }; print("1M", kind, t, v) }
    }
    let circle = (0..<1_000_000).map { _ in let a = 6.283185307*r.uniform(); return SIMD2(Elementary.cos(a), Elementary.sin(a)) }
    var v = 0; let t = c.measure { v = ConvexPolygon(hullOf: circle).vertices.count }; print("circle", t, v)
    for n in [252, 803, 8030] {
      let pts = Clouds.gaussian(n, &r).sorted { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
      let s = PlaneShape(capacity: n)
      var best = Duration.seconds(9)
      for _ in 0..<20 { best = min(best, c.measure { for _ in 0..<100 { for i in 0..<n { s.points[i] = pts[i] }; s.finish(n) } }) }
      print("shape", n, best / 100)
    }
  }
}
