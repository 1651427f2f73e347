import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import AmbitRendering

/// One figure of a study: its files, the data it draws and its caption.
struct StudyFigure {
  /// The file name without suffix, for example `drift_map_within`.
  let name: String
  let files: [(format: FigureFormat, bytes: [UInt8])]
  /// Exactly what is drawn, as CSV.
  let data: [UInt8]
  /// A complete caption for the paper, in plain text.
  let caption: String
}

/// Joint planes to drift maps.
struct DrawingStage {
  let corpus: MatchedCorpus
  let embedded: EmbeddedCorpus
  let settings: StudySettings
  let provenance: Provenance

  /// One drift map a plane, and the map of neighbours where there is one.
  /// - Throws: `InputError` where nothing can be drawn.
  func run(_ planes: [JointPlane], _ map: StudyMap?) throws -> [StudyFigure] {
    try planes.map(driftMap) + (map.map { [try neighbourMap($0)] } ?? [])
  }

  private func driftMap(_ plane: JointPlane) throws -> StudyFigure {
    let name = Self.name(of: plane.basis.space)
    let words = DriftMapCaption(
      plane: plane, corpus: corpus, embedded: embedded, settings: settings)
    let checkpoints = zip(corpus.checkpointNames, plane.coordinates).map { name, coordinates in
      let points = coordinates.points
      return DriftPlotData.Checkpoint(
        name: name, points: points, hull100: ConvexPolygon(hullOf: points).vertices,
        hull95: ConvexPolygon(hullOf: points, keeping: 0.95).vertices, centroid: points.mean)
    }
    let data = DriftPlotData(
      xLabel: words.axisLabel(0), yLabel: words.axisLabel(1), checkpoints: checkpoints,
      baseline: corpus.baselineIndex, isOrdered: order.isDrawnAsPath,
      centroidPath: order.path, caption: words.line,
      title: settings.figure.title)
    return try figure(name, data: Self.table(checkpoints), caption: words.full) {
      try DriftPlot(data, settings: settings.figure).scene()
    }
  }

  private func neighbourMap(_ map: StudyMap) throws -> StudyFigure {
    let words = MapCaption(map: map, corpus: corpus, embedded: embedded)
    let checkpoints = corpus.checkpointNames.indices.map { index in
      MapPlotData.Checkpoint(
        name: corpus.checkpointNames[index], points: map.coordinates[index].points,
        values: map.radii.isEmpty ? [] : map.radii[index])
    }
    let data = MapPlotData(
      checkpoints: checkpoints, baseline: corpus.baselineIndex, isOrdered: order.isDrawnAsPath,
      valueLabel: map.radii.isEmpty ? nil : "distance to neighbours among the vectors",
      caption: words.line, title: settings.figure.title)
    return try figure(
      "\(map.method.rawValue)_map", data: Self.table(checkpoints), caption: words.full
    ) { try MapPlot(data, settings: settings.figure).scene() }
  }

  /// A drawn scene in every format that was asked for.
  private func figure(
    _ name: String, data: [UInt8], caption: String, _ draw: () throws -> Scene
  ) throws -> StudyFigure {
    do {
      let scene = try draw()
      return StudyFigure(
        name: name,
        files: try settings.figure.formats.map {
          let bytes = try scene.encoded(
            as: $0, dpi: settings.figure.dpi, notes: provenance.figureNotes)
          return ($0, bytes)
        },
        data: data, caption: caption)
    } catch let error as RenderingError {
      throw InputError(.unsupported, "\(error.subject): \(error.problem)", hint: error.hint)
    }
  }

  private var order: CheckpointOrder {
    CheckpointOrder(corpus, comparisons: settings.inference.comparisons)
  }

  /// Says which characters of names and title would be drawn as empty boxes.
  var missingGlyphs: StudyNote? {
    let missing = MissingGlyphs.characters(
      in: corpus.checkpointNames + [settings.figure.title ?? ""])
    guard !missing.isEmpty else { return nil }
    return StudyNote(
      code: "missing_glyphs",
      text: """
        no installed font can draw \(String(missing.prefix(8))) in the figures \
        (for Chinese, Japanese and Korean install fonts-noto-cjk)
        """)
  }

  private static func name(of space: String) -> String {
    switch space {
    case "pca2": "drift_map"
    case "pca2_within": "drift_map_within"
    case "pca2_prompt": "drift_map_prompt"
    default: "drift_map_\(space)"
    }
  }

  /// Points, and their radii where they are coloured by them, one a row.
  private static func table(_ checkpoints: [MapPlotData.Checkpoint]) -> [UInt8] {
    let hasValues = checkpoints.contains { !$0.values.isEmpty }
    var table = CSVWriter(
      header: ["checkpoint", "kind", "index", "x", "y"] + (hasValues ? ["radius"] : []))
    for checkpoint in checkpoints {
      for (index, point) in checkpoint.points.enumerated() {
        table.append(
          [
            checkpoint.name, "point", String(index), DecimalText.shortest(point.x),
            DecimalText.shortest(point.y),
          ] + (hasValues ? [DecimalText.shortest(checkpoint.values[index])] : []))
      }
    }
    return table.bytes
  }

  /// Points, hull corners in order, and centroids, one a row.
  private static func table(_ checkpoints: [DriftPlotData.Checkpoint]) -> [UInt8] {
    var table = CSVWriter(header: ["checkpoint", "kind", "index", "x", "y"])
    for checkpoint in checkpoints {
      let parts = [
        ("point", checkpoint.points), ("hull100", checkpoint.hull100),
        ("hull95", checkpoint.hull95), ("centroid", [checkpoint.centroid]),
      ]
      for (kind, points) in parts {
        for (index, point) in points.enumerated() {
          table.append([
            checkpoint.name, kind, String(index), DecimalText.shortest(point.x),
            DecimalText.shortest(point.y),
          ])
        }
      }
    }
    return table.bytes
  }
}

extension Matrix {
  /// The rows of a two-column matrix as points.
  var points: [SIMD2<Double>] {
    (0..<rowCount).map { SIMD2(Double(self[$0, 0]), Double(self[$0, 1])) }
  }
}

extension [SIMD2<Double>] {
  /// The centroid; the origin for no points.
  var mean: SIMD2<Double> {
    isEmpty ? .zero : reduce(.zero, +) / Double(count)
  }
}
