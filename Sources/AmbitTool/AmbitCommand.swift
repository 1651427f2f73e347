import AmbitStudy
import ArgumentParser

/// `ambit`: arguments in, exit code out.
struct AmbitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ambit",
    abstract: "Show and measure how far a language model's outputs reach, and what tuning loses.",
    version: ambitVersion,
    subcommands: [
      RunCommand.self, InitCommand.self, InspectCommand.self, EmbedCommand.self,
      ProjectCommand.self,
      MeasureCommand.self, PlotCommand.self, ExportCommand.self, SelftestCommand.self,
      DistillCommand.self,
      ModelsCommand.self, CacheCommand.self, SubmitCommand.self, StatusCommand.self,
      TaskCommand.self,
    ])
}
