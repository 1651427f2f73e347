import AmbitCorpus

extension StudyNote {
  /// What reading or matching had to say, with its hint behind it.
  init(_ notice: CorpusNotice) {
    self.init(
      code: notice.code.rawValue,
      text: notice.hint.map { "\(notice.description) (\($0))" } ?? notice.description)
  }
}
