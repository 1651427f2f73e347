import AmbitFormats

/// A format whose rows are JSON values read by a plan.
protocol RowFormat: OutputFormat {
  /// What its files hold.
  var kind: OutputFile.Kind { get }

  /// The name to print for this file.
  func name(for preview: ContentPreview) -> String

  /// Which field is what; throws `InputError` where a field that must be there is not.
  func plan(_ preview: ContentPreview, options: ReadingOptions) throws -> FieldPlan
}

extension RowFormat {
  var kind: OutputFile.Kind { .outputs }

  func name(for preview: ContentPreview) -> String { name }

  func fields(_ preview: ContentPreview, options: ReadingOptions) throws -> [String]? {
    let roots = try plan(preview, options: options).paths.map(\.root)
    return preview.fields.filter {
      roots.contains($0) || DecodingSettings.role(of: $0) != .none
    }
  }

  func read(_ content: PreviewedFile, options: ReadingOptions) throws -> OutputFile {
    var reader = RowReader(
      content, plan: try plan(content.preview, options: options), options: options)
    return try reader.read(
      kind: kind, format: name(for: content.preview),
      why: recognise(content.preview)?.why ?? "as told")
  }
}

extension ContentPreview {
  /// Whether the rows are JSON.
  var isJSON: Bool {
    switch layout {
    case .jsonLines, .jsonArray, .jsonObject, .parquet: true
    default: false
    }
  }

  /// The layout in words, for formats that come in several.
  var layoutName: String {
    switch layout {
    case .jsonLines: "JSON Lines"
    case .jsonArray, .jsonObject: "JSON"
    case .table(UInt8(ascii: "\t")): "TSV"
    case .table: "CSV"
    case .text: "plain text"
    case .parquet: "Parquet"
    case .npy: "NPY"
    case .npz: "NPZ"
    }
  }

  /// Whether the value of `field` is a list in most rows that have it, but no list of chat messages.
  func isList(_ field: String) -> Bool {
    let values = rows.compactMap { $0[field] }.filter { $0 != .null }
    let lists = values.filter { value in
      guard let elements = value.array else { return false }
      return elements.first?["role"] == nil && elements.first?["type"] == nil
    }
    return lists.count * 2 > values.count
  }
}
