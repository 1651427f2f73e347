import AmbitMatrix
import Foundation

// AmbitBenchmarks inputs FOLDER
// AmbitBenchmarks validate THREADS STUDIES PROMPTS SAMPLES SCALE MEASURE…
// AmbitBenchmarks NAME THREADS REPEATS FILE…
//
// The last prints one JSON object: the median seconds of one run, and facts about the work.

let benchmarks: [any Benchmark.Type] = [
  JSONLReading.self, LexicalEmbedding.self, TransformerEmbedding.self, StaticEmbedding.self,
  TextTokenizing.self, PlaneFitting.self, HullFinding.self,
  PointPainting.self, PanelPainting.self,
  MapMaking.self, MapJudging.self, VendiScoring.self, NeighbourScoring.self,
]

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("error: \(message)\n".utf8))
  exit(1)
}

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  if arguments.count == 2, arguments[0] == "inputs" {
    try Inputs.write(to: arguments[1])
  } else if arguments.count >= 7, arguments[0] == "validate", let threads = Int(arguments[1]),
    let studies = Int(arguments[2]), let prompts = Int(arguments[3]),
    let samples = Int(arguments[4]), let scale = Double(arguments[5])
  {
    let validation = Validation(
      studies: studies, prompts: prompts, samples: samples, scale: scale,
      chosen: Set(arguments[6...]))
    for row in validation.rows(workers: Workers(threadCount: threads)) { print(row) }
  } else if arguments.count >= 4, let threads = Int(arguments[1]), let repeats = Int(arguments[2]),
    let benchmark = benchmarks.first(where: { $0.name == arguments[0] })
  {
    let (seconds, facts) =
      try benchmark
      .init(paths: Array(arguments[3...]), threadCount: threads).median(of: repeats)
    let object = facts.merging(["seconds": seconds]) { first, _ in first }
    let json = try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    print(String(decoding: json, as: UTF8.self))
  } else {
    fail(
      "usage: AmbitBenchmarks inputs FOLDER | NAME THREADS REPEATS FILE… | "
        + "validate THREADS STUDIES PROMPTS SAMPLES SCALE MEASURE…")
  }
} catch {
  fail("\(error)")
}
