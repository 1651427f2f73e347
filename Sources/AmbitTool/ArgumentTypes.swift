public import AmbitCorpus
public import AmbitMeasures
public import AmbitProjection
public import AmbitRendering
public import AmbitStudy
public import ArgumentParser

// Options that the libraries define as types are read here from what was typed.

extension NameSource: ExpressibleByArgument {}
extension MatchMode: ExpressibleByArgument {}
extension Centring: ExpressibleByArgument {}
extension MapMethod: ExpressibleByArgument {}
extension MapColour: ExpressibleByArgument {}
extension FigureDrawing.Placement: ExpressibleByArgument {}
extension Theme: ExpressibleByArgument {}
extension Venue: ExpressibleByArgument {}
extension CompatiblePackage: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}
extension InferenceSettings.Comparisons: ExpressibleByArgument {}

extension BasisChoice: ExpressibleByArgument {
  /// Reads what was typed.
  public init?(argument: String) { self.init(argument) }
}

extension PerplexityList: ExpressibleByArgument {
  /// Reads what was typed.
  public init?(argument: String) { self.init(argument) }
}

extension FigureWidth: ExpressibleByArgument {
  /// Reads what was typed.
  public init?(argument: String) { self.init(argument) }
}

extension FigureFormatList: ExpressibleByArgument {
  /// Reads what was typed.
  public init?(argument: String) { self.init(argument) }
}
