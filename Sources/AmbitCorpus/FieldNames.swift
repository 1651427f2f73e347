/// The names under which people keep prompts, outputs and the rest, most telling first.
///
/// Names are compared in lower case with `-` and blanks read as `_`.
package enum FieldNames {
  package static let prompt = [
    "prompt", "instruction", "question", "query", "input", "problem", "prompt_text",
    "user_prompt", "context",
  ]
  package static let text = [
    "output", "completion", "response", "generated_text", "generation", "text", "answer",
    "prediction", "model_output", "output_text", "generated", "content", "story",
  ]
  package static let textList = [
    "outputs", "generations", "responses", "completions", "samples", "answers", "predictions",
  ]
  /// Names that can only mean the prompt's id, and names that may as well number the rows.
  package static let promptID = [
    "prompt_id", "question_id", "instruction_id", "doc_id", "task_id", "example_id", "problem_id",
  ]
  package static let anyID = ["id", "uid", "qid", "index", "idx"]
  package static let sample = [
    "sample", "sample_id", "sample_idx", "sample_index", "sample_number", "generation_id",
    "completion_id", "repeat",
  ]
  package static let generator = ["generator", "model", "model_id", "model_name", "checkpoint"]
  package static let step = ["step", "global_step", "training_step"]
  package static let score = ["score", "reward"]
  package static let logProbs = [
    "logprobs", "log_probs", "token_logprobs", "cumulative_logprob", "logprob", "log_prob",
    "sequence_logprob",
  ]
  /// Objects from the names of other checkpoints to what they give the output.
  package static let logProbsBy = ["logprobs_by", "log_probs_by", "logprob_by"]
  package static let messages = ["messages", "conversation", "conversations"]
  package static let decoding = [
    "temperature", "top_p", "top_k", "min_p", "typical_p", "max_new_tokens", "max_tokens",
    "do_sample", "num_beams", "repetition_penalty", "presence_penalty", "frequency_penalty",
  ]
  /// Objects in which decoding settings are kept.
  package static let settings = [
    "metadata", "huggingface_argument", "generation_config", "generation_kwargs", "sampling_params",
    "gen_kwargs", "config", "params", "parameters", "kwargs",
  ]

  package static func normalised(_ name: String) -> String {
    String(
      decoding: name.lowercased().utf8.map { $0 == 0x2D || $0 == 0x20 ? UInt8(ascii: "_") : $0 },
      as: UTF8.self)
  }

  /// The first of `names` that `fields` has, as it is spelt there.
  package static func first(of names: [String], in fields: [String]) -> String? {
    let spelt = fields.map { ($0, normalised($0)) }
    for name in names {
      if let field = spelt.first(where: { $0.1 == name }) { return field.0 }
    }
    return nil
  }
}
