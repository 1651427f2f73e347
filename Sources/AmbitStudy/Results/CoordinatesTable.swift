import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitProjection

/// `coords.csv`, and `rows.csv` beside `embeddings.npy`: what each row of the study is.
struct CoordinatesTable {
  let corpus: MatchedCorpus
  /// Per checkpoint, the digest of each row's text; empty for vectors.
  private let digests: [[String]]

  init(_ corpus: MatchedCorpus) {
    self.corpus = corpus
    digests = corpus.checkpoints.indices.map { index in
      let holdsText = corpus.checkpoints[index].source.vectors == nil
      return corpus.records(of: index).map {
        holdsText ? SHA256.hexadecimal(of: $0.output) : ""
      }
    }
  }

  /// One row a point and plane, and those of the map of neighbours behind them.
  func coordinates(in planes: [JointPlane], _ map: StudyMap?) -> [UInt8] {
    var table = CSVWriter(header: [
      "checkpoint", "prompt_id", "sample", "x", "y", "projection", "text_sha256",
    ])
    let spaces =
      planes.map { ($0.basis.space, $0.coordinates) }
      + (map.map { [($0.space, $0.coordinates)] } ?? [])
    for (space, coordinates) in spaces {
      forEachRow { checkpoint, row, name, prompt, sample, digest in
        let point = coordinates[checkpoint]
        table.append([
          name, prompt, sample, DecimalText.shortest(Double(point[row, 0])),
          DecimalText.shortest(Double(point[row, 1])), space, digest,
        ])
      }
    }
    return table.bytes
  }

  /// One row a vector of `embeddings.npy`.
  var rows: [UInt8] {
    var table = CSVWriter(header: ["checkpoint", "prompt_id", "sample", "text_sha256"])
    forEachRow { _, _, name, prompt, sample, digest in table.append([name, prompt, sample, digest])
    }
    return table.bytes
  }

  private func forEachRow(
    _ body: (
      _ checkpoint: Int, _ row: Int, _ name: String, _ prompt: String, _ sample: String,
      _ digest: String
    ) -> Void
  ) {
    for checkpoint in corpus.checkpoints.indices {
      let records = corpus.records(of: checkpoint)
      let offsets = corpus.promptOffsets[checkpoint]
      for prompt in corpus.prompts.indices {
        for row in offsets[prompt]..<offsets[prompt + 1] {
          body(
            checkpoint, row, corpus.checkpointNames[checkpoint], corpus.prompts[prompt].id,
            String(records[row].sample), digests[checkpoint][row])
        }
      }
    }
  }
}
