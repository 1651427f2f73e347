import AmbitFormats

/// The vectors of a run as lines of numbers between tabs.
struct ProjectorVectors {
  let bytes: [UInt8]
  let rowCount: Int
  let width: Int

  /// Takes `embeddings.npy` of the run, which must have the rows of `coords.csv`.
  ///
  /// Throws `InputError`: `missing` where the run kept no vectors, `unmatched` for other rows.
  init(_ run: FinishedRun) throws {
    let path = run.path(of: "embeddings.npy")
    guard System.kind(of: path) == .file else {
      throw InputError(
        .missing, path: path, "the run kept no vectors, which the projector lays out itself",
        hint: "run `ambit run` again with --save-embeddings: the cache still has them")
    }
    let array: NPYArray
    do {
      array = try NPYArray(bytes: InputFile(path: path).contents.bytes)
    } catch let error as NPYError {
      throw InputError(.malformed, path: path, error.message, hint: error.hint)
    }
    let table = try NamedColumns(
      path: run.path(of: "rows.csv"), ["checkpoint", "prompt_id", "sample", "text_sha256"])
    let rows = table.rows.map { cells, _ in
      FinishedRun.Row(checkpoint: cells[0], promptID: cells[1], sample: cells[2], digest: cells[3])
    }
    guard array.rowCount == rows.count, rows == run.rows else {
      throw InputError(
        .unmatched, path: path, "the vectors are not those of coords.csv beside them",
        hint: "run `ambit run` again with --save-embeddings")
    }
    rowCount = array.rowCount
    width = array.columnCount
    var bytes: [UInt8] = []
    let values = array.floats
    for row in 0..<rowCount {
      for column in 0..<width {
        if column > 0 { bytes.append(UInt8(ascii: "\t")) }
        bytes += DecimalText.shortest(values[row * width + column]).utf8
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    self.bytes = bytes
  }
}
