/// Why there is no PDF.
public enum PrintError: Error, Hashable, Sendable {
  /// No printer is on the PATH; the folders are those that were not looked into, because they are relative or anybody may
  /// put a program there.
  case noPrinter(skipped: [String])
  /// A WeasyPrint that is too old, or that does not say how old it is.
  case oldWeasyPrint(program: String, version: String?)
  /// The program did not start, for the system's reason.
  case notStarted(program: String, code: Int32)
  case late(program: String, limit: Duration)
  /// It ended with a code, or by a signal (negative); and the last of what it said.
  case failed(program: String, status: Int32, said: [String])
  /// It ended well and left no whole PDF.
  case noPDF(program: String, said: [String])
  /// The system did not give what is needed to start a program, or to read what it made.
  case system(code: Int32)
  /// A signal asked this program to end.
  case interrupted(signal: Int32)
}
