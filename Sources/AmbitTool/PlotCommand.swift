import AmbitStudy
import ArgumentParser

/// `ambit plot`: the figures of a finished run, drawn again.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw the figures of a finished run again, without computing anything.",
    usage: "ambit plot <results> [<options>]",
    discussion: """
      Every flag of appearance of `ambit run` works here. A metrics.csv gives the
      charts that measurements alone support, a coords.csv the maps.

        ambit plot out/study --format pdf --venue icml
        ambit plot out/study --figures trajectory,metric_lines --x step --log-x
        ambit plot out/study/metrics.csv --figures forest -o paper/figures
      """)

  @Argument(
    help: "The folder of the results, its metrics.csv or coords.csv, or one figures/data/*.json.",
    completion: .file())
  var results: String

  @Option(
    name: [.long, .customShort("o")],
    help: "The folder to write figures into (default: figures/ of the results).",
    completion: .directory)
  var out: String?

  @OptionGroup(title: "Figures") var figures: FigureOptions
  @Option(help: "Place checkpoints by step or by name (default: step where names have one).")
  var x: FigureDrawing.Placement?
  @Flag(help: "Let steps stand a logarithm apart.") var logX = false
  @Flag(help: "Say nothing but errors.") var quiet = false

  func run() throws {
    var options = StudyOptions()
    try figures.apply(to: &options)
    let result = try FigureDrawing(
      path: results, out: out, options: options, placement: x, isLogarithmic: logX
    ).run()
    if !quiet { StandardStreams.output(result.figures.map { $0 + "\n" }.joined()) }
  }
}
