import AmbitFormats

/// Counts the bytes of a vocabulary as it is read, so that none is built that no model has.
struct TokenBytes {
  /// The most bytes and tokens together.
  static let limit = 1 << 23 - 1
  private var count = 0

  /// Adds a token of so many bytes. Throws `InputError` where they become too many.
  mutating func add(_ bytes: Int, of document: ModelDocument) throws {
    count += bytes + 1
    guard count <= Self.limit else {
      throw InputError(
        .tooLarge, path: document.path, field: document.place,
        "more than \(Self.limit) bytes of tokens, which no model's vocabulary has",
        hint: "copy the model folder again")
    }
  }
}
