import AmbitEmbedding
import Testing

@Suite struct AddedTokensTests {
  private func pieces(_ text: String, _ tokens: [AddedTokens.Token]) -> [AddedTokens.Piece] {
    var text = text
    var found: [AddedTokens.Piece] = []
    let added = AddedTokens(tokens)
    text.withUTF8 {
      added.forEachPiece(of: $0) {
        found.append($0)
        return true
      }
    }
    return found
  }

  @Test func longestOfTheEarliestIsTaken() {
    let tokens: [AddedTokens.Token] = [
      .init(content: "<a>", id: 1), .init(content: "<a><b>", id: 2),
    ]
    #expect(pieces("x<a><b>y", tokens) == [.text(0..<1), .token(2), .text(7..<8)])
    #expect(pieces("<a><a", tokens) == [.token(1), .text(3..<5)])
    #expect(pieces("", tokens) == [])
  }

  @Test func whiteSpaceIsTakenAlongWhereAsked() {
    let mask = AddedTokens.Token(content: "<m>", id: 9, stripsLeft: true, stripsRight: true)
    #expect(pieces("a \u{2028}<m>\t b", [mask]) == [.text(0..<1), .token(9), .text(10..<11)])
    #expect(pieces(" <m> <m> ", [mask]) == [.token(9), .token(9)])
  }

  @Test func singleWordsStandApart() {
    let token = AddedTokens.Token(content: "ab", id: 3, isSingleWord: true)
    #expect(pieces("xab ab", [token]) == [.text(0..<4), .token(3)])
    #expect(pieces("éab ab_ ab", [token]) == [.text(0..<9), .token(3)])
  }
}
