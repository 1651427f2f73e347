/// One kind of work that is timed.
protocol Benchmark {
  /// The word that selects it on the command line.
  static var name: String { get }

  /// Reads the input; none of this is timed.
  init(paths: [String], threadCount: Int) throws

  /// Does the work once. Returns what to print beside the time, such as the bytes read.
  func run() throws -> [String: Double]
}

extension Benchmark {
  /// Runs once unmeasured and then `repeats` times; the median of the times, in seconds. With no
  /// repeats it is the first run's.
  func median(of repeats: Int) throws -> (seconds: Double, facts: [String: Double]) {
    let start = ContinuousClock.now
    var facts = try run()
    let first = (ContinuousClock.now - start) / .seconds(1)
    var times: [Double] = []
    for _ in 0..<repeats {
      let start = ContinuousClock.now
      facts = try run()
      times.append((ContinuousClock.now - start) / .seconds(1))
    }
    return (repeats == 0 ? first : times.sorted()[repeats / 2], facts)
  }
}
