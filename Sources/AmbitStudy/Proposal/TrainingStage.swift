/// The usual order of the stages of training, by the words in checkpoints' names.
enum TrainingStage {
  private static let words = [
    ["sft", "instruct", "it", "chat"], ["dpo", "ipo", "kto", "orpo", "simpo", "rm"],
    ["ppo", "grpo", "rlhf", "rlvr", "rl"],
  ]

  /// Names in the order of their stages; those without a word that tells stay where they are, before all
  /// others.
  static func ordered(_ names: [String]) -> [String] {
    let ranks = names.map { name in
      let parts = name.lowercased().split { !$0.isLetter }.map(String.init)
      return words.firstIndex { $0.contains(where: parts.contains) } ?? -1
    }
    return names.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { names[$0] }
  }
}
