/// `figures/captions.md` and `figures/captions.tex`: one accurate caption a figure.
struct Captions {
  let figures: [StudyFigure]
  let notes: [StudyNote]

  var markdown: String {
    var text = "# Captions\n"
    for figure in figures { text += "\n## \(figure.name)\n\n\(figure.caption)\n" }
    if !notes.isEmpty {
      text += "\n## What applies to all figures\n\n"
      text += notes.map { "- \($0.text)\n" }.joined()
    }
    return text
  }

  var latex: String {
    figures.map { figure in
      """
      % \(figure.name)
      \\begin{figure}
        \\includegraphics{figures/\(figure.name)}
        \\caption{\(EndpointTable.latexEscaped(figure.caption))}
        \\label{fig:\(figure.name)}
      \\end{figure}

      """
    }.joined(separator: "\n")
  }
}
