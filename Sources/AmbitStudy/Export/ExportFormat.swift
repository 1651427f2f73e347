/// The programs for which a finished run is written out.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// Apple's embedding-atlas: a table with `x`, `y`, `text` and `checkpoint`.
  case atlas
  /// TensorBoard's projector: the vectors, and beside them what each is.
  case projector
  /// Any table program: one row an output, with its place in every plane.
  case csv
}
