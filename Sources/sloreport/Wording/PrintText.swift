import Model
import Printing

/// Words for a PDF that could not be made.
enum PrintText {
  /// A line for the reason, and one for each of the printer's own.
  static func lines(_ error: PrintError) -> [String] {
    let newest = PagePrinter.oldestWeasyPrint
    let install = "install Chromium (Debian: chromium), or WeasyPrint \(newest) or later"
    switch error {
    case .noPrinter(let skipped):
      let rest = skipped.map {
        $0.hasPrefix("/") ? "\($0) (anybody may write there)" : "\($0) (relative)"
      }
      return [
        "no Chromium and no WeasyPrint is on the PATH; \(install)"
          + (rest.isEmpty ? "" : ". Not looked into: \(rest.joined(separator: ", "))")
      ]
    case .oldWeasyPrint(let program, let version):
      let found = version.map { "is WeasyPrint \($0)" } ?? "does not say which WeasyPrint it is"
      return ["\(program) \(found), and \(newest) or later is needed; \(install)"]
    case .notStarted(let program, let code):
      return ["\(program) does not start: \(Files.words(code))"]
    case .late(let program, let limit):
      return ["\(program) was stopped after \(Wording.duration(limit))"]
    case .failed(let program, let status, let said):
      let end = status < 0 ? "was ended by signal \(-status)" : "ended with \(status)"
      return ["\(program) \(end)"] + quoted(said)
    case .noPDF(let program, let said):
      return ["\(program) left no whole PDF"] + quoted(said)
    case .system(let code):
      return ["no program can be started: \(Files.words(code))"]
    case .interrupted(let signal):
      return ["signal \(signal)"]
    }
  }

  private static func quoted(_ said: [String]) -> [String] { said.map { "  \($0)" } }
}
