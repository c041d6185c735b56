import Delivery
import Model

/// Words for an archive that is not as it was written.
enum ArchiveText {
  static func failure(_ fault: ArchiveFault, in root: String, after rest: String = "") -> Failure {
    let status: ExitStatus =
      switch fault {
      case .absent: .noInput
      case .unreadable: .inputOutput
      case .cut, .altered, .order, .noFolder, .missing, .extra, .changed: .damagedInput
      }
    return Failure(status, words(fault, in: root) + rest)
  }

  private static func words(_ fault: ArchiveFault, in root: String) -> String {
    let name = "\(root)/archive.jsonl"
    switch fault {
    case .absent: return "there is no \(name) yet; the next report begins it"
    case .cut(let line): return "\(name), line \(line): the last line is cut"
    case .altered(let line, let expected, let found):
      return
        "\(name), line \(line): the line was altered: its own hash is \(expected), and its text has \(found.hex)"
    case .order(let line, let period, let expected, let found):
      let before =
        expected.map { "the line before it has \($0.hex)" } ?? "no line is before it"
      let named = found.map { "it follows a line with the hash \($0.hex)" } ?? "it is a first line"
      return
        "\(name), line \(line) (\(period)): lines were removed, added or swapped: \(named), but \(before)"
    case .noFolder(let period): return "\(root)/\(period): the folder of the report is missing"
    case .missing(let period, let path, let expected):
      return "\(root)/\(period)/\(path): the file is missing; its hash was \(expected.hex)"
    case .extra(let period, let path):
      return "\(root)/\(period)/\(path): the file is not in the archive"
    case .changed(let period, let path, let expected, let found):
      return
        "\(root)/\(period)/\(path): the file was altered: its hash was \(expected.hex), and is \(found.hex)"
    case .unreadable(let path, let code): return "\(path) cannot be read: \(Files.words(code))"
    }
  }
}
