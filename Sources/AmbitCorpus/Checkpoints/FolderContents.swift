import AmbitFormats

/// The files of a folder that may hold outputs.
package struct FolderContents {
  /// One a file, in natural order of their names.
  let inputs: [CheckpointInput]

  /// Lists a folder; what `ambit` itself wrote there is skipped, and one notice says so.
  ///
  /// Throws `InputError`: `unreadable` where it cannot be opened, `selection` where no file is left.
  init(_ folder: String, notices: inout [CorpusNotice]) throws {
    guard let names = System.listing(ofFolder: folder) else {
      throw InputError(
        .unreadable, path: folder, "cannot be opened: \(System.lastError)",
        hint: "check the permissions of the folder")
    }
    let results = Self.results(in: folder)
    let data = names.filter {
      !$0.hasPrefix(".") && FileName.isData($0) && !Self.isAccessory($0)
        && System.kind(of: PathText.join(folder, $0)) == .file
    }
    let kept = data.filter { !results.contains(TextKey($0)) }
    let skipped = data.count - kept.count
    guard !kept.isEmpty else {
      throw InputError(
        .selection, path: folder,
        skipped > 0
          ? "the folder holds nothing but results of ambit"
          : "the folder holds no files of outputs",
        hint: Self.hint(folder, names: names, hasResults: skipped > 0))
    }
    if skipped > 0 {
      notices.append(
        CorpusNotice(
          .fileSkipped, subject: folder,
          "\(Wording.count(skipped, "file")) that an earlier run of ambit wrote "
            + "\(skipped == 1 ? "was" : "were") skipped", count: skipped))
    }
    inputs = CheckpointInput.inOrder(
      kept.map {
        CheckpointInput(path: PathText.join(folder, $0), isFromFolder: true, isOrderedHere: true)
      })
  }

  /// Every file below a folder that may hold outputs, relative to it, in natural order. Hidden folders
  /// and what `ambit` itself wrote are passed over.
  package static func dataFiles(below folder: String, depth: Int) -> [String] {
    let names = System.names(inFolder: folder).filter { !$0.hasPrefix(".") }
    let results = results(in: folder)
    var found = names.filter { name in
      FileName.isData(name) && !isAccessory(name) && !results.contains(TextKey(name))
        && System.kind(of: PathText.join(folder, name)) == .file
    }
    // The folders of a run of ambit hold its figures and nothing else.
    if depth > 1, results.isEmpty {
      for name in names where System.kind(of: PathText.join(folder, name)) == .folder {
        found += dataFiles(below: PathText.join(folder, name), depth: depth - 1).map {
          PathText.join(name, $0)
        }
      }
    }
    return CheckpointInput.inOrder(found.map { CheckpointInput(path: $0) }).map(\.path)
  }

  private static func hint(_ folder: String, names: [String], hasResults: Bool) -> String {
    if hasResults { return "give the folder with the outputs" }
    let hasFolders = names.contains {
      !$0.hasPrefix(".") && System.kind(of: PathText.join(folder, $0)) == .folder
    }
    return hasFolders
      ? "sub-folders are not searched; give one of them, or a pattern such as 'FOLDER/*/*.jsonl'"
      : "their names end in .jsonl, .json, .csv, .tsv, .txt, .parquet, .npy or .npz, also with .gz or .zst"
  }

  /// The manifest of an earlier run and what it lists; nothing where the manifest is not Ambit's.
  private static func results(in folder: String) -> Set<TextKey> {
    let name = "manifest.json"
    let path = PathText.join(folder, name)
    guard System.kind(of: path) == .file, let file = try? InputFile(path: path),
      case let parser = JSONParser(),
      let manifest = try? parser.parse(file.contents, in: 0..<file.contents.count).tree,
      manifest["tool"]?.string == "ambit"
    else { return [] }
    let listed = manifest["files"]?.array?.compactMap(\.string) ?? []
    return Set((listed + [name]).map(TextKey.init))
  }

  /// Ids files, readmes and licences.
  private static func isAccessory(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return FileName.stem(of: lowered).hasSuffix(".ids")
      || ["readme", "license", "licence", "requirements"].contains { lowered.hasPrefix($0) }
  }
}
