import Foundation

/// A file that Python's safetensors wrote from ten tensors of every element type, with metadata.
enum SafetensorsFixture {
  static let bytes = [UInt8](Data(base64Encoded: text.filter { !$0.isWhitespace })!)

  private static let text = """
    eAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCIsImEiOiJiIn0sImk2NCI6eyJkdHlwZSI6Ikk2NC
    IsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzAsMTZdfSwiZjY0Ijp7ImR0eXBlIjoiRjY0Iiwic2hhcGUiOls4
    XSwiZGF0YV9vZmZzZXRzIjpbMTYsODBdfSwiZjMyIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDRdLCJkYXRhX2
    9mZnNldHMiOls4MCwxMTJdfSwibm9uZSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMCw0XSwiZGF0YV9vZmZzZXRz
    IjpbMTEyLDExMl19LCJvbmUiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzExMiwxMT
    ZdfSwiaTMyIjp7ImR0eXBlIjoiSTMyIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMTE2LDEyNF19LCJiZjE2
    Ijp7ImR0eXBlIjoiQkYxNiIsInNoYXBlIjpbMiw0XSwiZGF0YV9vZmZzZXRzIjpbMTI0LDE0MF19LCJmMTYiOnsiZH
    R5cGUiOiJGMTYiLCJzaGFwZSI6WzIsNF0sImRhdGFfb2Zmc2V0cyI6WzE0MCwxNTZdfSwiaTgiOnsiZHR5cGUiOiJJ
    OCIsInNoYXBlIjpbMSwzXSwiZGF0YV9vZmZzZXRzIjpbMTU2LDE1OV19LCJ1OCI6eyJkdHlwZSI6IlU4Iiwic2hhcG
    UiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMTU5LDE2MV19fQAAAAAAAQAA//////////8AAAAAAAAAAAAAAAAAAACAAAAA
    AAAA8D8AAAAAAAAEwAAAAAAA/O9AK2mkKSsbcD4AAAAAAFTVPwAAAAAAAPB/AAAAAAAAAIAAAIA/AAAgwADgf0dZ2Y
    AzAKCqPgAAgH8AAGBAkO7+/wUAAAAAAACAgD8gwIBHgTOrPoB/AAAAgAA8AMH/ewEAVTUAfIB/AP8B
    """
}
