"""The notation of generated Unicode tables; `UnicodeRuns.swift` reads it."""


def runs(codes):
    """`first-last` in hexadecimal for every run of consecutive code points."""
    out = []
    for code in codes:
        if out and out[-1][1] == code - 1:
            out[-1][1] = code
        else:
            out.append([code, code])
    return [f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in out]


def literal(name, comment, words):
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) + 1 > 93:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    body = "\n".join(f"    {text} \\" for text in lines) + ("\n" if lines else "") + f"    {line}"
    return f'  /// {comment}\n  static let {name}: StaticString = """\n{body}\n    """\n'
