import AmbitFormats

/// Reads log-probs in the shapes in which servers and harnesses write them.
///
/// - A number, or `cumulative_logprob`: the sum of a text's tokens.
/// - `[−12.3, false]`: a log-likelihood of lm-eval with whether it was the greedy one.
/// - A list of numbers, one a token; null for a token that was not scored.
/// - OpenAI chat: `{"content": [{"token", "logprob", "top_logprobs": [{"token", "logprob"}]}]}`, or the
///   list alone.
/// - OpenAI completions: `{"token_logprobs": […], "top_logprobs": [{token: logprob}], "tokens": […]}`.
/// - vLLM: a list with an object a token, from token ids to log-probs or to `{"logprob"}`; the token
///   itself is the one that `token_ids` names beside the list, else the first.
enum LogProbReader {
  /// The log-probs of a value, nil for null and where a sum is not finite.
  ///
  /// - Parameter tokenIDs: which token stood at each place, for vLLM's objects.
  /// - Throws: `InputError.wrongType` for any other shape; the caller adds where.
  static func read(_ value: JSONValue, tokenIDs: JSONValue? = nil, field: String) throws
    -> LogProbs?
  {
    switch value.kind {
    case .null: return nil
    case .integer, .number, .string:
      if let total = number(value) { return total.isFinite ? LogProbs(total: total) : nil }
    case .array:
      if let total = likelihood(value) { return LogProbs(total: total) }
      return try tokens(value, tokenIDs: tokenIDs, field: field)
    case .object:
      if let list = value.member("content"), list.kind == .array {
        return try tokens(list, tokenIDs: nil, field: field)
      }
      if let list = value.member("token_logprobs"), list.kind == .array {
        return try completion(
          list, top: value.member("top_logprobs"), tokens: value.member("tokens"), field: field)
      }
      if let found = try ofOutput(value, field: field) { return found }
      if value.member("content")?.isNull == true { return nil }
    case .boolean: break
    }
    throw wrongShape(value, field)
  }

  /// What an object that holds an output says of its log-probs; nil where it has none.
  static func ofOutput(_ output: JSONValue, field: String) throws -> LogProbs? {
    guard output.kind == .object else { return nil }
    for name in ["logprobs", "cumulative_logprob"] {
      guard let value = output.member(name), !value.isNull else { continue }
      return try read(value, tokenIDs: output.member("token_ids"), field: "\(field).\(name)")
    }
    return nil
  }

  /// The sum of lm-eval's pair; nil where the value is no such pair.
  static func likelihood(_ value: JSONValue) -> Double? {
    guard value.kind == .array, value.childCount == 2 else { return nil }
    let parts = Array(value.elements)
    let isGreedy =
      parts[1].kind == .boolean || ["True", "False"].contains(parts[1].string ?? "")
    return isGreedy ? number(parts[0]) : nil
  }

  private static func number(_ value: JSONValue) -> Double? {
    value.number ?? value.string.flatMap(Double.init)
  }

  private static func tokens(
    _ list: JSONValue, tokenIDs: JSONValue?, field: String
  ) throws -> LogProbs? {
    var sum = LogProbSum()
    var ids = tokenIDs.map { Array($0.elements) } ?? []
    if ids.count != list.childCount { ids = [] }
    for (index, token) in list.elements.enumerated() {
      switch token.kind {
      case .null: sum.add(nil, others: [])
      case .integer, .number: sum.add(token.number, others: [])
      case .object:
        if let own = token.member("logprob") {
          sum.add(own.number, others: top(of: token))
        } else {
          try add(distribution: token, id: ids.isEmpty ? nil : ids[index], to: &sum, field)
        }
      default: throw wrongShape(token, "\(field)[\(index)]")
      }
    }
    return sum.sum
  }

  /// The log-probs of OpenAI's `top_logprobs`, but for the token's own.
  private static func top(of token: JSONValue) -> [Double] {
    guard let list = token.member("top_logprobs"), list.kind == .array else { return [] }
    let own = token.member("token")?.string
    return list.elements.compactMap { other in
      own != nil && other.member("token")?.string == own ? nil : other.member("logprob")?.number
    }
  }

  /// One of vLLM's objects from token ids to log-probs.
  private static func add(
    distribution: JSONValue, id: JSONValue?, to sum: inout LogProbSum, _ field: String
  ) throws {
    let wanted = id.flatMap { $0.integer.map(String.init) ?? $0.string }
    var own: Double?
    var others: [Double] = []
    var isFirst = true
    var isReadable = true
    distribution.forEachMember { key, value in
      guard let number = value.number ?? value.member("logprob")?.number else {
        isReadable = false
        return
      }
      let isOwn = wanted.map { $0 == String(decoding: key, as: UTF8.self) } ?? isFirst
      isFirst = false
      if isOwn { own = number } else { others.append(number) }
    }
    guard isReadable, own != nil || isFirst else { throw wrongShape(distribution, field) }
    sum.add(own, others: others)
  }

  private static func completion(
    _ list: JSONValue, top: JSONValue?, tokens: JSONValue?, field: String
  ) throws -> LogProbs? {
    var sum = LogProbSum()
    let distributions = top.map { Array($0.elements) } ?? []
    let names = tokens.map { Array($0.elements) } ?? []
    for (index, value) in list.elements.enumerated() {
      guard value.isNull || value.number != nil else {
        throw wrongShape(value, "\(field).token_logprobs[\(index)]")
      }
      var others: [Double] = []
      if index < distributions.count {
        let own = index < names.count ? names[index].string : nil
        distributions[index].forEachMember { key, other in
          guard let number = other.number else { return }
          let isOwn =
            own.map { $0 == String(decoding: key, as: UTF8.self) } ?? (number == value.number)
          if !isOwn { others.append(number) }
        }
      }
      sum.add(value.number, others: others)
    }
    return sum.sum
  }

  private static func wrongShape(_ value: JSONValue, _ field: String) -> InputError {
    InputError(
      .wrongType, field: field,
      "expected log-probs as OpenAI, vLLM or lm-eval write them, found \(value.kind.described)",
      hint: "--logprob-field NAME names the field that holds them")
  }
}
