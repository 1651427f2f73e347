package import AmbitFormats

/// What a file looks like: how it is laid out and its first rows, for formats to recognise themselves.
package struct ContentPreview: Sendable {
  /// How rows lie in the file.
  package enum Layout: Sendable, Equatable {
    /// A JSON value a line.
    case jsonLines
    /// The elements of a JSON array; `member` names it where it is a member of an object.
    case jsonArray(member: String?)
    /// One JSON object.
    case jsonObject
    /// A header and rows of cells.
    case table(delimiter: UInt8)
    /// Lines of text.
    case text
    /// A Parquet table, whose rows are read as JSON.
    case parquet
    /// NumPy's formats.
    case npy, npz
  }

  package var path: String
  package var layout: Layout
  /// The first rows of a JSON layout.
  package var rows: [JSON] = []
  /// The header of a table.
  package var header: [String] = []
  /// The first rows of a table, as long as the header.
  package var tableRows: [[String]] = []
  /// Why the layout was chosen.
  package var why: String

  /// How many rows are looked at.
  package static let rowLimit = 50

  /// The names of all fields in the rows seen, in order of appearance, or the header.
  package var fields: [String] {
    guard header.isEmpty else { return header }
    var seen = Set<TextKey>()
    var fields: [String] = []
    for row in rows {
      for member in row.object?.members ?? [] where seen.insert(TextKey(member.name)).inserted {
        fields.append(member.name)
      }
    }
    return fields
  }

  /// The rows that are objects, where all are; nil else.
  package var objects: [JSONObject]? {
    let objects = rows.compactMap(\.object)
    return objects.isEmpty || objects.count < rows.count ? nil : objects
  }

  /// Whether every row seen has that field.
  package func allHave(_ field: String) -> Bool {
    guard let objects else { return false }
    return objects.allSatisfy { $0[field] != nil }
  }
}

/// A file in memory with its layout found.
package struct PreviewedFile: Sendable {
  package var file: InputFile
  /// The contents, with invalid UTF-8 replaced where the layout is text or a table; of a Parquet table the
  /// rows as JSON Lines.
  package var contents: InputBytes
  package var preview: ContentPreview
  /// The rows of a JSON layout.
  package var rows: [RowRange] = []
  /// The table of a Parquet file.
  package var table: ParquetFile?
  /// The columns of the table that were not read.
  package var unreadFields: [String] = []
  /// What was mended so far.
  package var notices: [CorpusNotice] = []
}

/// Where a row lies in the file.
package struct RowRange: Sendable, Equatable {
  package var range: Range<Int>
  /// The line on which it begins, from 1.
  package var line: Int
}
