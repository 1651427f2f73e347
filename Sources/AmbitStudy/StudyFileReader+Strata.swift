import AmbitFormats
import Yams

extension StudyFileReader {
  /// A mapping from a stratum's name to ids of prompts.
  mutating func readStrata(_ node: Node) throws {
    guard let mapping = node.mapping else {
      throw fault(
        node, "expected ids of prompts by stratum",
        hint: "for example `code: [\"humaneval/*\"]`; `stratum_field` names a field of the files")
    }
    set(
      \.strata,
      try mapping.map { name, value in
        let prompts = try texts(value)
        guard !prompts.isEmpty, prompts.allSatisfy({ !$0.isEmpty }) else {
          throw fault(
            value, "expected ids of prompts, found none", hint: "for example `[\"humaneval/*\"]`")
        }
        return StratumArgument(
          name: try location(name, named: "name"), prompts: prompts, line: name.mark?.line)
      })
  }
}
