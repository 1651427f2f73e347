import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitProjection

/// `coords.csv`, and `rows.csv` beside `embeddings.npy`: what each row of the study is.
struct CoordinatesTable {
  let corpus: MatchedCorpus

  init(_ corpus: MatchedCorpus) { self.corpus = corpus }

  /// One row a point and plane, and those of the map of neighbours behind them.
  func coordinates(
    in planes: [JointPlane], _ map: StudyMap?, to write: ([UInt8]) throws -> Void
  ) throws {
    var table = CSVWriter(header: [
      "checkpoint", "prompt_id", "sample", "x", "y", "projection", "text_sha256",
    ])
    let spaces =
      planes.map { ($0.basis.space, $0.coordinates) }
      + (map.map { [($0.space, $0.coordinates)] } ?? [])
    for (space, coordinates) in spaces {
      for checkpoint in corpus.checkpoints.indices {
        let point = coordinates[checkpoint]
        forEachRow(of: checkpoint) { row, name, prompt, sample, digest in
          table.append([
            name, prompt, sample, DecimalText.shortest(Double(point[row, 0])),
            DecimalText.shortest(Double(point[row, 1])), space, digest,
          ])
        }
        try write(table.taken())
      }
    }
  }

  /// One row a vector of `embeddings.npy`.
  func rows(to write: ([UInt8]) throws -> Void) throws {
    var table = CSVWriter(header: ["checkpoint", "prompt_id", "sample", "text_sha256"])
    for checkpoint in corpus.checkpoints.indices {
      forEachRow(of: checkpoint) { _, name, prompt, sample, digest in
        table.append([name, prompt, sample, digest])
      }
      try write(table.taken())
    }
  }

  private func forEachRow(
    of checkpoint: Int,
    _ body: (
      _ row: Int, _ name: String, _ prompt: String, _ sample: String, _ digest: String
    ) -> Void
  ) {
    let holdsText = corpus.checkpoints[checkpoint].source.vectors == nil
    let offsets = corpus.promptOffsets[checkpoint]
    for prompt in corpus.prompts.indices {
      for row in offsets[prompt]..<offsets[prompt + 1] {
        let record = corpus.record(of: checkpoint, row: row)
        body(
          row, corpus.checkpoints[checkpoint].name, corpus.prompts[prompt].id,
          String(record.sample), holdsText ? SHA256.hexadecimal(of: record.output) : "")
      }
    }
  }
}
