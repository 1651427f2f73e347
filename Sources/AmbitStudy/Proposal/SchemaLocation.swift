import AmbitFormats

/// Where the JSON Schema of study files lies, for editors that complete and check them.
enum SchemaLocation {
  /// `<prefix>/share/ambit/study.schema.json` for an executable `<prefix>/bin/ambit`, else the nearest
  /// `assets/study.schema.json` above it; nil where there is none.
  static func path(besideExecutable executable: String) -> String? {
    var folder = PathText.folder(executable)
    let installed = PathText.join(PathText.folder(folder), "share/ambit/study.schema.json")
    if System.kind(of: installed) == .file { return installed }
    while folder.hasPrefix("/"), folder != "/" {
      folder = PathText.folder(folder)
      let candidate = PathText.join(folder, "assets/study.schema.json")
      if System.kind(of: candidate) == .file { return candidate }
    }
    return nil
  }
}
