import AmbitFormats
import Foundation

/// The folder that a run writes: checked before any work, written at the end, each file whole.
package struct ResultsFolder {
  package let path: String

  private static let manifestName = "manifest.json"

  /// - Throws: `InputError` where a folder of that name could not be made or written.
  package init(path: String) throws {
    guard !path.isEmpty else {
      throw InputError(
        .unwritable, "the name of the results folder is empty", hint: "name a folder with --out")
    }
    self.path = path
    var existing = path
    while !FileManager.default.fileExists(atPath: existing) {
      // Foundation's own `deletingLastPathComponent` traps on a path of one letter.
      existing = PathText.folder(existing)
    }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: existing, isDirectory: &isFolder)
    guard isFolder.boolValue else {
      throw InputError(
        .unwritable, path: existing, "expected a folder for the results, found a file",
        hint: "name another folder with --out")
    }
    guard FileManager.default.isWritableFile(atPath: existing) else {
      throw InputError(
        .unwritable, path: existing, "the folder cannot be written",
        hint: "name another folder with --out")
    }
  }

  /// Writes all files, each whole, and takes away what an earlier run left.
  ///
  /// - Throws: `InputError`; then no file of the folder has changed, unless a rename failed half-way.
  package func write(_ files: [(name: String, bytes: [UInt8])]) throws {
    var all = StudyFiles()
    for file in files { all.add(file.name, file.bytes) }
    try write(all)
  }

  /// The same of files that are made one after the other.
  func write(_ files: StudyFiles) throws {
    let stale = earlierFiles.subtracting(files.names)
    for folder in Set(files.all.map { PathText.folder(path + "/" + $0.name) }) {
      TemporaryFiles.removeAbandoned(inFolder: folder)
    }
    var set = AtomicFileSet()
    for file in files.all { try set.add(at: path + "/" + file.name, parts: file.parts) }
    try set.commit()
    for name in stale.sorted() {
      let location = path + "/" + name
      let kind = try? FileManager.default.attributesOfItem(atPath: location)[.type]
      if kind as? FileAttributeType == .typeRegular {
        try? FileManager.default.removeItem(atPath: location)
      }
    }
  }

  /// What the manifest in the folder lists, so that a folder never mixes two runs; paths that lead out
  /// of it are not believed.
  private var earlierFiles: Set<String> {
    guard let bytes = FileManager.default.contents(atPath: path + "/" + Self.manifestName),
      let manifest = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any],
      manifest["tool"] as? String == "ambit", let names = manifest["files"] as? [String]
    else { return [] }
    return Set(names.filter { !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") })
  }
}
