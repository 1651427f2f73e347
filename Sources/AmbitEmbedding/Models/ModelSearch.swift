import AmbitFormats
internal import Foundation

/// Where model folders lie, and how a name becomes one of them.
///
/// Searched in this order: the folders of `AMBIT_MODELS` (separated by colons);
/// `<prefix>/share/ambit/models` for an executable `<prefix>/bin/ambit`; the nearest `assets/models`
/// above the executable; the user's data folder. A folder with `model.safetensors` in it is a model.
public struct ModelSearch: Equatable, Sendable {
  /// A model that is there.
  public struct Installed: Equatable, Sendable {
    /// The name of its folder.
    public let name: String
    /// The path of its folder.
    public let folder: String
  }

  /// The folders that are searched, in order; they need not exist.
  public let folders: [String]

  /// Searches exactly these folders.
  public init(folders: [String]) { self.folders = folders }

  /// The search of a process.
  ///
  /// - Parameters:
  ///   - environment: `AMBIT_MODELS`, `XDG_DATA_HOME` and `HOME` are read.
  ///   - executable: the path of the executable, links resolved; nil where it is not known.
  public init(environment: [String: String], executable: String?) {
    var folders = (environment["AMBIT_MODELS"] ?? "").split(separator: ":").map(String.init)
    if let executable {
      let parts = executable.split(separator: "/").map(String.init).dropLast()
      folders.append(
        "/" + (parts.dropLast() + ["share", "ambit", "models"]).joined(separator: "/"))
      for depth in stride(from: parts.count, through: 0, by: -1) {
        let nearest = "/" + (parts.prefix(depth) + ["assets", "models"]).joined(separator: "/")
        if System.kind(of: nearest) == .folder {
          folders.append(nearest)
          break
        }
      }
    }
    if let data = environment["XDG_DATA_HOME"], !data.isEmpty {
      folders.append(PathText.join(data, "ambit/models"))
    } else if let home = environment["HOME"], !home.isEmpty {
      #if canImport(Darwin)
      folders.append(PathText.join(home, "Library/Application Support/ambit/models"))
      #else
      folders.append(PathText.join(home, ".local/share/ambit/models"))
      #endif
    }
    self.init(folders: folders)
  }

  /// The search of this process.
  public static var ofThisProcess: ModelSearch {
    ModelSearch(
      environment: ProcessInfo.processInfo.environment,
      executable: Bundle.main.executableURL?.resolvingSymlinksInPath().path)
  }

  /// The folder names behind the short names of the command line.
  public static let shortNames = ["minilm": "all-MiniLM-L6-v2", "static": "ambit-static-en"]

  /// The folder of a model: `name` itself where it is the path of a folder, else the first folder of
  /// that name, or of the name that it is short for, in the folders searched.
  ///
  /// Throws `InputError` (`missing`) that says what is installed and how to get more.
  public func folder(of name: String) throws -> String {
    if System.kind(of: name) == .folder { return name }
    if let found = installed(name) { return found.folder }
    let known = installed.map(\.name)
    throw InputError(
      .missing, path: name, "no model of this name is installed, and no folder is there",
      hint: known.isEmpty
        ? "`make model` brings all-MiniLM-L6-v2; AMBIT_MODELS names a folder of models"
        : "installed: \(known.joined(separator: ", ")); `make model` brings all-MiniLM-L6-v2")
  }

  /// The installed model of that name or short name, if there is one.
  public func installed(_ name: String) -> Installed? {
    let full = Self.shortNames[name] ?? name
    return installed.first { $0.name == full }
  }

  /// All models in the folders searched, in the order of the search, then by name. Of two with one
  /// name the first hides the other.
  public var installed: [Installed] {
    var models: [Installed] = []
    for folder in folders {
      for name in System.names(inFolder: folder) {
        let path = PathText.join(folder, name)
        if System.kind(of: PathText.join(path, "model.safetensors")) == .file,
          !models.contains(where: { $0.name == name })
        {
          models.append(Installed(name: name, folder: path))
        }
      }
    }
    return models
  }
}
