import AmbitMeasures
import AmbitStudy
import Testing

/// The tables are golden text: a change of form must be meant.
@Suite struct EndpointTableTests {
  func row(_ checkpoint: String, against reference: String, effect: Double) -> Endpoint {
    var row = SmallStudy.primary
    row.checkpoint = checkpoint
    row.reference = reference
    row.value = 0.5
    row.effect = effect
    row.interval = Interval(low: effect - 0.05, high: effect + 0.05)
    row.nullBand = nil
    row.adjustedP = 0.0123
    return Endpoint(row)
  }

  @Test func terminal() {
    let table = EndpointTable(endpoints: [
      row("sft", against: "base", effect: -0.2), row("后训练", against: "base", effect: 0.01),
    ])
    #expect(
      table.terminal == """
        checkpoint  measure                    value  change   95 % interval      p  reading
        sft         dispersion within prompts  0.500   −18 %    −22 to −14 %  0.012  narrower
        后训练      dispersion within prompts  0.500  +1.0 %  −3.9 to +6.2 %  0.012  no clear change

        """)
  }

  @Test func referencesStandWhereTheyDiffer() {
    let table = EndpointTable(endpoints: [
      row("sft", against: "base", effect: -0.2), row("dpo", against: "sft", effect: -0.2),
    ])
    #expect(table.commonReference == nil)
    #expect(table.terminal.contains("against"))
  }

  @Test func markdown() {
    let table = EndpointTable(endpoints: [row("a|b", against: "base", effect: -0.2)])
    #expect(
      table.markdown == """
        | checkpoint | measure | value | change | 95 % interval | p | reading |
        | --- | --- | --: | --: | --: | --: | --- |
        | a\\|b | dispersion within prompts | 0.500 | −18 % | −22 to −14 % | 0.012 | narrower |

        Change: the ratio to base minus 1. p: Holm over all rows of this table.

        """)
  }

  @Test func latex() {
    let table = EndpointTable(endpoints: [
      row("sft_1", against: "base", effect: -0.2), row("sft_1", against: "base", effect: 0.01),
      row("dpo", against: "base", effect: 3),
    ])
    #expect(
      table.latex == #"""
        % Needs \usepackage{booktabs}. Change: the ratio to the reference minus 1. p: adjusted by Holm.
        % Bold with an arrow: the 95 \% interval excludes 0.
        \begin{tabular}{llrrrr}
        \toprule
        checkpoint & measure & value & change (\%) & 95 \% interval (\%) & $p$ \\
        \midrule
        sft\_1 & dispersion within prompts & 0.500 & \textbf{$-$18\phantom{.0}} $\downarrow$ & $-$22 to $-$14 & 0.012 \\
         & dispersion within prompts & 0.500 & +1.0 \phantom{$\downarrow$} & $-$3.9 to +6.2 & 0.012 \\
        \addlinespace
        dpo & dispersion within prompts & 0.500 & \textbf{$\times$20.1} $\uparrow$ & $\times$19.1 to $\times$21.1 & 0.012 \\
        \bottomrule
        \end{tabular}

        """#)
  }

  @Test func latexCommandsInNamesAreText() {
    #expect(
      EndpointTable.latexEscaped(##"\input{x}_&%$#~^"##)
        == ##"\textbackslash{}input\{x\}\_\&\%\$\#\textasciitilde{}\textasciicircum{}"##)
  }
}
