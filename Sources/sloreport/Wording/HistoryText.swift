import History
import Model
import Reports

/// Words for a history that cannot be used.
enum HistoryText {
  static func failure(_ error: HistoryError, path: String) -> Failure {
    switch error {
    case .absent:
      return Failure(.noInput, "there is no history \(path) yet; `sloreport collect` creates it")
    case .notAHistory(let why):
      return Failure(
        .damagedInput,
        "\(path) is not a sloreport history (\(words(why))); it was not changed: move it away, or name another file under `history:`"
      )
    case .newerSchema(let found, let known):
      return Failure(
        .configuration,
        "\(path) was made by a later release (layout \(found), this one knows \(known)); it was not changed"
      )
    case .olderSchema(let found, let known):
      return Failure(
        .configuration,
        "\(path) was made by an earlier release (layout \(found), this one needs \(known)); `sloreport collect` updates it"
      )
    case .unsafe(let why):
      return Failure(.unsafe, "\(path) is not used: \(words(why))")
    case .locked(let holder):
      let who = holder.map { "process \($0.process) since \($0.since)" } ?? "another process"
      return Failure(.locked, "\(path) is in use by \(who); try again when it is done")
    case .full(let step):
      return Failure(
        .inputOutput,
        "history not updated: no space left while \(words(step)) \(path); what it had before is intact"
      )
    case .io(let step, let code):
      return Failure(
        .inputOutput,
        "input/output error while \(words(step)) \(path) (SQLite \(code)); check the disk before the next run"
      )
    case .damaged(let damage):
      return Failure(
        .inputOutput,
        "\(path) is damaged: \(words(damage)); restore a copy, or move it away and collect again")
    case .unfit(let why):
      return Failure(.damagedInput, "invalid data, nothing of it was kept: \(words(why))")
    case .failed(let step, let code):
      return Failure(.inputOutput, "SQLite error \(code) while \(words(step)) \(path)")
    case .system(let step, let code):
      let status: ExitStatus = step == .create || step == .inspect ? .cannotCreate : .inputOutput
      return Failure(status, "\(Files.words(code)) while \(words(step)) \(path)")
    }
  }

  static func words(_ damage: Damage) -> String {
    switch damage {
    case .row(let table, let key): return "table \(table), row \(key)"
    case .rows(let table, let group): return "table \(table), rows of \(group)"
    case .structure(let text): return text
    case .unreadable(let code): return "unreadable (SQLite \(code))"
    }
  }

  private static func words(_ step: HistoryStep) -> String {
    switch step {
    case .inspect: return "looking at"
    case .lock: return "locking"
    case .create: return "creating"
    case .open, .settings, .prepare: return "opening"
    case .migrate: return "upgrading"
    case .read: return "reading"
    case .write, .begin, .commit: return "writing"
    }
  }

  private static func words(_ file: ForeignFile) -> String {
    switch file {
    case .empty: return "it is empty"
    case .notSQLite: return "it is not a SQLite file"
    case .otherApplication: return "it belongs to another program"
    case .truncated: return "it is cut short"
    case .otherSchema: return "it lacks the tables of a history"
    }
  }

  private static func words(_ file: UnsafeFile) -> String {
    switch file {
    case .symbolicLink: return "it is a symbolic link"
    case .notAFile: return "it is not a regular file"
    case .lockNotAFile: return "its lock, the file that ends in .lock, is not a regular file"
    case .companionNotAFile(let ending):
      return "the file beside it that ends in \(ending) is not a regular file"
    case .hardLinked(let links): return "it has \(links) hard links"
    case .openDirectory: return "anybody may create files in its folder"
    case .openFile(let mode):
      return "anybody may write into it (mode \(octal(mode))); `chmod o-w` it"
    case .directoryNotWritable(let owner, let mode):
      return "its folder (owner \(owner), mode \(octal(mode))) cannot be written"
    case .fileNotWritable(let owner, let mode):
      return "the file (owner \(owner), mode \(octal(mode))) cannot be written"
    case .fileNotReadable(let owner, let mode):
      return "the file (owner \(owner), mode \(octal(mode))) cannot be read"
    case .strayJournal:
      return
        "the file is missing, but the journal of its last change is there; restore the file first"
    }
  }

  private static func words(_ batch: UnfitBatch) -> String {
    switch batch {
    case .notFinite(let id, _): return "\(id.text) has a value that is not a number"
    case .notInOrder(let id, _): return "the minutes of \(id.text) are not in order"
    case .outOfRange(let id, _): return "\(id.text) has a time out of range"
    case .otherKind(let id, _): return "\(id.text) was stored before as another kind of series"
    case .otherSource(let id): return "\(id.text) belongs to another source"
    case .revision(let number, let next): return "revision \(number) instead of \(next)"
    case .facts(let bytes): return "the facts of the period have \(bytes) bytes"
    }
  }

  private static func octal(_ mode: UInt32) -> String { String(mode & 0o7777, radix: 8) }
}
