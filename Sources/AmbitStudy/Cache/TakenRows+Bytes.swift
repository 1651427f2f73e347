package import AmbitMeasures

/// What an engine took as bytes: numbers bit for bit, words once each, names of checkpoints left out.
extension TakenRows {
  /// - Precondition: rows as engines give them, without what belongs to the whole table.
  package var bytes: [UInt8] {
    var writer = EntryWriter()
    writer.add(rows.count)
    for placed in rows {
      precondition(placed.row.adjustedP == nil && !placed.row.isPrimary, "rows of one engine")
      writer.add(placed.order)
      writer.add(placed.row)
    }
    writer.add(promptRows.count)
    for row in promptRows { writer.add(row) }
    writer.add(changes.count)
    for change in changes { writer.add(change) }
    writer.add(clustering == nil ? 0 : 1)
    if let clustering { writer.add(clustering) }
    return writer.bytes
  }

  /// nil for bytes that are no rows.
  package init?(bytes: [UInt8]) {
    var reader = EntryReader(bytes)
    self.init()
    do {
      rows = try reader.list { TakenRows.Placed(order: try $0.number(), row: try $0.row()) }
      promptRows = try reader.list { try $0.promptRow() }
      changes = try reader.list { try $0.change() }
      clustering = try reader.number() == 1 ? try reader.clustering() : nil
      guard reader.isAtEnd else { return nil }
    } catch {
      return nil
    }
  }
}

extension EntryWriter {
  fileprivate mutating func add(_ row: Measurement) {
    for word in [
      row.scope.rawValue, row.space, row.metric, row.variant, row.polarity.rawValue,
      row.effectKind?.rawValue ?? "",
    ] {
      add(word)
    }
    add(row.prompts)
    add(row.samples)
    for value in [
      row.value, row.referenceValue, row.effect, row.interval?.low, row.interval?.high,
      row.nullBand?.low, row.nullBand?.high, row.p,
    ] {
      add(value)
    }
    add(row.flags)
  }

  fileprivate mutating func add(_ row: PromptMeasurement) {
    for word in [row.promptID, row.metric, row.variant, row.space] { add(word) }
    add(row.samples)
    add(row.value)
    add(row.flags)
  }

  fileprivate mutating func add(_ change: ClusterChange) {
    add(change.kind.rawValue)
    add(change.cluster)
    add(change.checkpointSize)
    add(change.referenceSize)
    add(change.adjustedP)
    add(change.exemplars)
  }

  fileprivate mutating func add(_ clustering: Clustering) {
    add(clustering.radius)
    add(clustering.isRadiusCalibrated ? 1 : 0)
    add(clustering.clusterCount ?? -1)
    add(clustering.labels.count)
    for labels in clustering.labels { add(labels) }
  }

  private mutating func add(_ flags: [MeasurementFlag]) {
    add(flags.count)
    for flag in flags { add(flag.text) }
  }
}

extension EntryReader {
  fileprivate mutating func row() throws -> Measurement {
    let scope: Scope = try word()
    let (space, metric, variant) = (try text(), try text(), try text())
    let polarity: Polarity = try word()
    let kind = try text()
    let (prompts, samples) = (try number(), try number())
    let (value, referenceValue, effect) = (try value(), try value(), try value())
    let (interval, nullBand) = (try interval(), try interval())
    let p = try self.value()
    let effectKind = EffectKind(rawValue: kind)
    guard kind.isEmpty || effectKind != nil else { throw NotAnEntry() }
    return Measurement(
      checkpoint: "", reference: "", scope: scope, space: space, metric: metric, variant: variant,
      polarity: polarity, prompts: prompts, samples: samples, value: value,
      referenceValue: referenceValue, effect: effect, effectKind: effectKind, interval: interval,
      nullBand: nullBand, p: p, flags: try flags(), isPrimary: false)
  }

  fileprivate mutating func promptRow() throws -> PromptMeasurement {
    let (id, metric, variant, space) = (try text(), try text(), try text(), try text())
    return PromptMeasurement(
      checkpoint: "", promptID: id, metric: metric, variant: variant, space: space,
      samples: try number(), value: try value(), flags: try flags())
  }

  fileprivate mutating func change() throws -> ClusterChange {
    let kind: ClusterChange.Kind = try word()
    let (cluster, checkpointSize, referenceSize) = (try number(), try number(), try number())
    guard let adjustedP = try value() else { throw NotAnEntry() }
    return ClusterChange(
      kind: kind, checkpoint: 0, reference: 0, cluster: cluster, checkpointSize: checkpointSize,
      referenceSize: referenceSize, adjustedP: adjustedP, exemplars: try numbers())
  }

  fileprivate mutating func clustering() throws -> Clustering {
    let radius = try value()
    let isCalibrated = try number() == 1
    let count = try number()
    return Clustering(
      radius: radius, isRadiusCalibrated: isCalibrated, clusterCount: count < 0 ? nil : count,
      labels: try list { try $0.numbers() })
  }

  private mutating func interval() throws -> Interval? {
    let (low, high) = (try value(), try value())
    guard let low, let high else { return nil }
    return Interval(low: low, high: high)
  }

  private mutating func flags() throws -> [MeasurementFlag] {
    try list { reader in
      let parts = try reader.text().split(separator: ":", maxSplits: 1)
      let count = parts.count == 2 ? Int(parts[1]) : 0
      guard let kind = parts.first.map(String.init), let count else { throw NotAnEntry() }
      switch kind {
      case MeasurementFlag.floored(0).kind: return .floored(count)
      case MeasurementFlag.duplicates(0).kind: return .duplicates(count)
      case MeasurementFlag.fewerPermutations(0).kind: return .fewerPermutations(count)
      default:
        guard let flag = MeasurementFlag.all.first(where: { $0.text == kind }) else {
          throw NotAnEntry()
        }
        return flag
      }
    }
  }

  private mutating func word<Word: RawRepresentable<String>>() throws -> Word {
    guard let word = Word(rawValue: try text()) else { throw NotAnEntry() }
    return word
  }
}
