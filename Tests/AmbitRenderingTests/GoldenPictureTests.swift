import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Foundation
import Testing

/// One small picture of fixed coordinates without letters, so that fonts do not matter. Made by
/// these very lines at 72 dpi, looked at, and kept as text.
@Suite struct GoldenPictureTests {
  static func scene() -> Scene {
    var scene = Scene(width: 72, height: 48)
    for (index, shape) in MarkerShape.allCases.enumerated() {
      let place = SIMD2(Double(7 + 14 * (index % 5)), Double(7 + 12 * (index / 5)))
      let colour = Palette.okabeIto[index % 7]
      scene.add(.markers(Markers(shape, size: 8, fill: colour, at: [place])))
    }
    let window = Rectangle(x: 2, y: 26, width: 40, height: 20)
    scene.clip(to: window) { scene in
      scene.fill(.circle(centre: SIMD2(8, 40), radius: 14), Colour(0xE69F00, alpha: 0.5))
      scene.stroke(
        .polyline([SIMD2(4, 30), SIMD2(30, 44), SIMD2(60, 28)]),
        Stroke(Colour(0x0072B2), width: 2, dash: [4, 3]))
    }
    scene.stroke(.rectangle(window), Stroke(.grey(0.4), width: 0.5))
    let panel = Panel(
      frame: Rectangle(x: 46, y: 26, width: 24, height: 20),
      limits: DataLimits(x: -1.2...1.2, y: -1...1))
    let ring = (0..<48).map { index in
      let angle = Double(index) * .pi / 24
      return SIMD2(Elementary.cos(angle), 0.8 * Elementary.sin(angle))
    }
    scene.add(
      .markers(Markers(.circle, size: 2, fill: .grey(0, alpha: 0.4), at: panel.page(ring))))
    return scene
  }

  @Test func thePictureIsAsItWas() throws {
    let golden = try DecodedPNG([UInt8](try #require(Data(base64Encoded: Self.picture))))
    let picture = try DecodedPNG(Self.scene().png(dpi: 72))
    #expect(picture.width == golden.width && picture.height == golden.height)
    #expect(picture.channels == golden.channels)
    let differences = zip(picture.bytes, golden.bytes).map { abs(Int($0) - Int($1)) }
    // Other versions of Cairo may blend edges a little differently.
    #expect(differences.count { $0 > 24 } < 40)
    #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 1)
  }

  static let picture = """
    iVBORw0KGgoAAAANSUhEUgAAAEgAAAAwCAIAAAA9/qu8AAAACXBIWXMAAAsTAAALEwEAmpwYAAAJ/UlEQVRoQ92ae1BT
    ZxqH3y8nF5KAoAm3hPslgLqIGmvVImqtVS5qt1q7ruCOutOO2xncEbWKrOLCrq6w47qtMzuuN7QrOru1VhR0HVbEujaR
    YhFpCBQUuWm4CkmAhJz948STw5cQT6S6js9fnt/7JeNz8p33vOcoIkkSXkfQyxFrMfQCgFzkiRdeGC9JLPX6aQRQMPcX
    eMGO1qt3SbNFvngKXnCREWIPe4y/PX/vSq0OAN6OlO5NionycbetfUrfnSKD5hoWiqLnecQlYyHFLd2D2UWfAcD1xI1v
    +YbiZQatV++2ld4DAL+5MWN0s4k97DHG5Zd1GUx0bbyQ931GQqCXkE4oHhVmdBbnY6FkyWbfD/OwEABIIN8s+qtK1wQA
    0yUBqpR0DkL4IgBgWFE4dOu/kz3w8AIWUrgFprjH7aIPbWIrTtz+V1UbXaBYOUV2Nm06FrokdqL+9q/KC22H8R+mRSgZ
    dSuYFYW923B/o+7cRHJ4gBkCACIE0mXV3HERtoQWG7ejuG/QTBesoRu3N3cJFrIX6zcNRn25r9XwhE58hR7a97eN47kx
    Vjm2orB36/sus7/qD8wEANxjMz2m5TCTZ4h5uvF6chdjIXuxHRWX/lhVioexb+dOH3GyXBIjTf26c1HDhlY64Qj9fH5e
    i3jjGKsYYu8dU39V3c6sAcAHcbIzqc+5FRv6Oied2z8wjJ8sPoeofm9L5DgpM3ToZm9FYfyxoKd8LX3oFV8gDE9l1AGY
    YrWP+2cdvNFttDUPiZh/Z3NCgOeIbQOsxbLvXLnQVMNMaFKCJu6KW4SFbJrHU8iOi7NMum8BgCeZLk1WAeJgK/B2v/nr
    msu1jwFgcbRP/tJJ9lbgertnD/t2b+qs6Ch6A0hSmvRfnvdMvPzSbtDsab16FwBkC3+GF+zoKU8DQF7xJ/ACALyCYuwZ
    NrQAACGS4wUAGKNYU1MTAAQFBeGFVwBc7FrzwJHqPgBYP9ljXoCDC4xJVlYWQmjPnj14gcGNxq63QieMdjgaJl1jzzcF
    3sttkwST7DtX0sKVoR7OvgcXK31o/FtVHwB8FOuxIBAfppiYzebg4GCLxdLU1MTj8fAyAADsuly754o2Z0l05sJIAMi/
    9mPGhZqt8yP2JcfgS59iGTJ0XvxTx8V9AvmksOzbeBkAAJRfH7jb3fZx9KzfT1uM3etpnl/s1KlTqampAHDy5Mk1a9bg
    ZYDyhq65n39D/XlvUgwAfHrxB+rw+m/mxIfZnW+SfKL+56PCDFNnEwC4hUx3IlbR2QwA/qJxu+MWbVDMtJ8/rWLXmgcs
    JAkAmi5TWfMAACQEuEVP4AEAByF6T7a0tKxataq2trazs5N5RhBCEokkKirqzJkzcrntat5XWk/L0OxNitm2wDbUURgb
    bz/6It1Qd5NO2IhRTJcE/OXN5XN8QmwraLHUEt3QsOMuwifQycXe9GFjY2NKSsq9e/iUoFAoioqKIiMjsZzafvQhvS1p
    zD2tunPZ3WV/B9LCzNmLAQACtCIkdv+M5GD38dbEVTEA6O3tXbZsWVlZGZ0kJCScP3/e09PBA/LLFMt7IyVI7GVNXNqK
    NBs2bDhy5Ajz8PDhw4y6FRe34iZDnfWaBFfElNLAAzOXOd6KNCybh0KhqKuri46OBgCNRhMZGanVarE1r0TzoGEj1tbW
    Fh4evnXr1u3bt3M4nEOHDmVmZmq1WplMhq18hdo9mxu0RqPhcrkREbbtVF9fbzabqR8Q41W5Qb82IJIkDQbDgwcP8MpL
    ISwsTCAQ4OlPASJJUqvV3r9/X+4jsugfDhsfk8NG0mwAAMQVIULIEfpwxUFI4Ox3fz6am5uDg4MVCgVe+Cmwig08+DJU
    ir/6YcJxkwr8FxCeMciu/zw3VCN1LtbV1aXVatvb29vb2/v7+xFCYrHY39/f19dXoVBMmDDq6baKGeqOh8v4eNEOQhzg
    Fvw+R2C9u48R52J6vb6oqEij0QCAQCDgcDgEQQCA2WwmSXJwcBAAYmJikpKSxGIx9lnAxDZ9GzTfv29pYLeTXwVxRcKQ
    lYSHsxe6LHEiplKpiouLe3t7lUrl1KlTpVKpt7d1+iFJsqOjo6Ojo7KyUq1We3l5JSYmzpgxY+QXMMRaCUnSvxUAoJTo
    s6e1xPv2YUttIEIYkcp1D8FzFxlNTKVSlZSUAEBiYqJS6eDtKo1arS4pKbFYLPZuNrFQf/6ZRsnuSnmbkRfv23fxHXyS
    YIK4IpFiA2dsHcWhmEqlOnbsWGxs7Nq1a0UiEbPkEL1eX1BQUFVVtW7dOqYbfo0ZzZzPNT4LZX1xE/QAUP7II8R9KFA8
    SH+AhhAHCiPXjaWX2Ivp9fq8vDyz2Zyeni6Vjnjx6ITHjx8fPHiQx+Nt2bKFPhe4GBPjMGfa+Um6Ad4vwzozp7T6CG2v
    HCncQj/geU3EQvbYi5WVlRUWFq5evTo+Pt62jgXXr18/ffo084POxLoGuZ/eDjh7X2IhwU9ouru8WkCMeLLguEnFMZ8w
    E5ewF8vLy2ttbc3JyWGzCZno9fqsrCy5XL5582YqcSZGUd0j3F0pn+xl3D21BQD6TYQb18JF1kFMFPURIfIf8QHW2Itl
    ZmYihHJyRvzzAkuwzz5bjMJCAgcBAKTfCr6hc//dlFbqriDwn8f3m4ctZklhqXpagOf/WYxiyILiL8X80CMEAKVEfyqh
    IdBXLopYi69jQWl9R+pnRf/ZOJsplp+f39zcnJub+xxbcefOnQEBAS5sRQwziQrqpXur/N15w6qUGr5Q4tJl1tBpCJ0g
    QghIEpb/+av9KROZYvY9gCX2XcdlMQqDmWjS86I9BxCHf0v465MVzXsWRwePd/xgStHSO7Dnivaoqukfa6atnCIDR9cY
    1e6HhoY2bdpEjxrPhGr3fD4/IyODVbtnAyIE75bNvXm/S8DlbJwdsmNhpFTs4HsKK1vWn/3eMDTM5aBdi6J2vhMJjsQA
    QK1WHz16NDY2Ni0tzeEQiKHX648fP15dXf2MG7SrcNykHX7rs4o1X3zXQgKpSo9XBlrfEwEASQJ1A9fq9JP3X1s+2S9n
    SbTC2/rXdSgGAGq1uri4mCRJ+0EJgxopEUL2w9dYxQiPUKp5VLU9uazRbZkfDgBG0/DpyhazhTxY3lj+yZzxQh4APOwx
    Yv8BYTQxeDoEdnd3K5XKuLg4b29vqVRKTTnUEKzT6SorKysqKqgh2H6kHKuYwH8+3y8BC/eW1m9/+kLqwPJJ6fFhI+tW
    nIgBgF6vv3TpUk1NDQAIBAKEEEEQCCGTyQQA9GNLcnKywxY6VjFR9MeE0A8LL9x7tO1iDQBkvxu1IlY22jjpXIyiq6ur
    rq6OftAEALFYLJPJqAfN8eNHfTK0imlvHvaXcPHisyD4XoKgpXjKmhf+amBwcLChoQGvvBRe7MscPHst+B8yoaXsMwug
    0QAAAABJRU5ErkJggg==
    """.filter { !$0.isWhitespace }
}
