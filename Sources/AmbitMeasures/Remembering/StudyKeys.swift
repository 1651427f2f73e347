internal import AmbitMatrix

/// The names of all that is measured in one space: what rows depend on.
struct StudyKeys: Sendable {
  private let memory: any RememberedRows
  /// What all rows depend on.
  private let shared: [UInt8]
  /// One a checkpoint.
  private let contents: [[UInt8]]
  private let baseline: Int

  /// - Parameters:
  ///   - shared: what all rows depend on beyond design and settings.
  ///   - contents: a digest of what is measured of each checkpoint.
  init(
    _ memory: any RememberedRows, design: Design, settings: InferenceSettings,
    measures: [any Measure], shared: KeyBytes, contents: [[UInt8]]
  ) {
    self.memory = memory
    baseline = design.baseline
    var bytes = shared
    bytes.add(settings.resamples)
    bytes.add(settings.permutations)
    bytes.add(Int(bitPattern: UInt(settings.seed)))
    bytes.add(settings.force ? 1 : 0)
    bytes.add(design.hasPrompts ? 1 : 0)
    bytes.add(measures.count)
    for measure in measures {
      bytes.add(String(reflecting: type(of: measure)))
      bytes.add(measure.id)
      bytes.add(measure.variants.joined(separator: "\n"))
      bytes.add(measure.scopes.map(\.rawValue).joined(separator: "\n"))
    }
    self.shared = bytes.digest(memory)
    // Most checkpoints have the same prompts.
    var last: (ids: [String], offsets: [Int], digest: [UInt8])?
    self.contents = design.checkpoints.indices.map { checkpoint in
      let (ids, offsets) = (design.promptIDs[checkpoint], design.promptOffsets[checkpoint])
      let prompts: [UInt8]
      if let last, last.offsets == offsets, last.ids == ids {
        prompts = last.digest
      } else {
        var units = KeyBytes()
        units.add(ids.count)
        for id in ids { units.add(id) }
        for offset in offsets { units.add(offset) }
        prompts = units.digest(memory)
      }
      last = (ids, offsets, prompts)
      return prompts + contents[checkpoint]
    }
  }

  /// The key of what an engine is asked for.
  ///
  /// - Parameter isJoint: whether it depends on all checkpoints; else it depends on those asked for and
  ///   on the baseline.
  func key(of request: RowsRequest, engine: String, isJoint: Bool) -> [UInt8] {
    var bytes = KeyBytes()
    bytes.add(engine)
    bytes.add(request.word)
    bytes.add(isJoint ? 1 : 0)
    bytes.bytes += shared
    if isJoint {
      bytes.add(baseline)
      for checkpoint in request.checkpoints { bytes.add(checkpoint) }
      for content in contents { bytes.bytes += content }
    } else {
      for checkpoint in request.checkpoints + [baseline] { bytes.bytes += contents[checkpoint] }
    }
    return bytes.digest(memory)
  }
}

extension StudyKeys {
  /// Of vectors or points.
  init(
    _ memory: any RememberedRows, context: StudyContext, space: MeasuredSpace,
    measures: [any Measure]
  ) {
    var shared = KeyBytes()
    shared.add(space.id)
    shared.add(space.calibratedRadius.map { [$0.bitPattern] } ?? [])
    shared.add(space.halves == nil ? 0 : 1)
    self.init(
      memory, design: context.design, settings: context.settings, measures: measures,
      shared: shared,
      contents: context.workers.map(space.coordinates.count) { checkpoint in
        let halves = space.halves.map { [$0[checkpoint].first, $0[checkpoint].second] } ?? []
        return ([space.coordinates[checkpoint]] + halves).flatMap { matrix -> [UInt8] in
          var shape = KeyBytes()
          shape.add(matrix.rowCount)
          shape.add(matrix.columnCount)
          return shape.bytes + matrix.values.withUnsafeBytes { memory.digest(of: $0) }
        }
      })
  }
}

/// Values one after the other, each told from the next.
struct KeyBytes {
  var bytes: [UInt8] = []

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ words: [UInt64]) {
    add(words.count)
    for word in words { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
  }

  func digest(_ memory: any RememberedRows) -> [UInt8] {
    bytes.withUnsafeBytes { memory.digest(of: $0) }
  }
}
