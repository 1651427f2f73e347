import AmbitCorpus
import AmbitMeasures
import AmbitStudy
import AmbitTestSupport
import Testing

@Suite struct CheckpointOrderTests {
  @Test func numbersInNamesAreAPath() {
    let order = CheckpointOrder(
      ["base", "step-100", "step-900"], baseline: 0, isGiven: false, comparisons: .base)
    #expect(order.isDrawnAsPath && order.lineages.count == 1)
    #expect(order.drawnSteps == [0, 100, 900])
  }

  @Test func aFolderInTheOrderOfTheAlphabetIsNone() {
    let names = ["human", "gpt", "olmo"]
    func isPath(_ isGiven: Bool?, _ names: [String]) -> Bool {
      CheckpointOrder(names, baseline: 0, isGiven: isGiven, comparisons: .base).isDrawnAsPath
    }
    #expect(!isPath(false, names))
    #expect(isPath(true, names))
    // Where it is not known, only another order than that of the names says something.
    #expect(!isPath(nil, names))
    #expect(isPath(nil, ["base", "sft", "dpo"]))
    // From the baseline to one other there is no order to get wrong.
    #expect(isPath(false, ["base", "sft"]))
  }

  @Test func comparedOneAfterAnotherIsAPath() {
    let order = CheckpointOrder(
      ["a", "b", "c"], baseline: 0, isGiven: false, comparisons: .consecutive)
    #expect(order.isDrawnAsPath && order.lineages.count == 1)
  }
}
