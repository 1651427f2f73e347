import AmbitFormats

extension PreviewedFile {
  /// Opens a Parquet table and takes its first rows for the preview; `loadRows` brings all of them.
  ///
  /// Throws `InputError`: that of the footer, `empty` for a table without rows.
  mutating func openTable() throws {
    do {
      let table = try ParquetFile(file.contents)
      guard table.rowCount > 0 else {
        throw InputError(.empty, "the Parquet table has no rows")
      }
      self.table = table
      contents = try table.jsonLines(rowLimit: ContentPreview.rowLimit)
      let parser = JSONParser()
      preview.rows = try contents.lineRanges.map { try parser.parse(contents, in: $0).tree }
      preview.why =
        "a Parquet table of \(Wording.count(table.rowGroupCount, "row group"))"
    } catch let error as InputError {
      throw error.located(path: file.path)
    }
  }

  /// Reads the rows of a Parquet table; nothing to do for other files.
  ///
  /// - Parameter fields: the columns needed; nil for all that can be read.
  ///
  /// Throws `InputError` with the column in `field`.
  mutating func loadRows(fields: [String]? = nil) throws {
    guard let table else { return }
    do {
      contents = try table.jsonLines(columns: fields)
    } catch let error as InputError {
      throw error.located(path: file.path)
    }
    rows = contents.lineRanges.enumerated().map { RowRange(range: $1, line: $0 + 1) }
    let loaded = Set((fields ?? []).map(TextKey.init))
    unreadFields = table.columns.filter {
      $0.problem != nil || fields != nil && !loaded.contains(TextKey($0.name))
    }.map(\.name)
  }

  /// Throws the problem of a column that the user named, or that is named as prompts or outputs are: without
  /// it the others would be misunderstood.
  func checkColumns(_ options: ReadingOptions) throws {
    guard let table else { return }
    let names = table.columns.map(\.name)
    let outputs = FieldNames.text + FieldNames.textList + FieldNames.messages
    let needed = [
      options.promptField ?? FieldNames.first(of: FieldNames.prompt, in: names),
      options.textField ?? FieldNames.first(of: outputs, in: names),
      options.idField, options.sampleField, options.checkpointField, options.scoreField,
      options.stratumField, options.logProbField,
    ].compactMap { $0.map { FieldPath($0, among: names).root } }
    for column in table.columns where needed.contains(column.name) {
      if let problem = column.problem { throw problem.located(path: file.path) }
    }
  }
}
