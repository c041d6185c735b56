/// One delivery of a report: what it said, what it was made from, and the files that were written.
public struct ArchivedReport: Hashable, Sendable {
  /// "weekly", "monthly".
  public let kind: String
  /// "2026-W42": the name of the period, and of the folder.
  public let period: String
  /// Of the closed period, 0 for the first; `nil` while it is not closed.
  public let revision: Int?
  /// The instant of computation.
  public let made: Instant
  /// "sloreport 1.0.0".
  public let program: String
  /// "Shop, week 42".
  public let title: String
  /// How well it was: the word that reports have for it.
  public let tone: String
  public let verdict: String
  /// Of the facts, as the history keeps them.
  public let facts: SHA256
  /// Of the list of what the facts were made from; `nil` where nobody wrote it down.
  public let inputs: SHA256?

  public init(
    kind: String, period: String, revision: Int?, made: Instant, program: String, title: String,
    tone: String, verdict: String, facts: SHA256, inputs: SHA256?
  ) {
    self.kind = kind
    self.period = period
    self.revision = revision
    self.made = made
    self.program = program
    self.title = title
    self.tone = tone
    self.verdict = verdict
    self.facts = facts
    self.inputs = inputs
  }
}

/// A line of an archive, which names the one before it.
public struct ArchiveLine: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    /// Relative to the folder of the report.
    public let path: String
    public let hash: SHA256

    public init(path: String, hash: SHA256) {
      self.path = path
      self.hash = hash
    }
  }

  public let report: ArchivedReport
  /// In order of their paths.
  public let files: [File]
  /// Of the line before, with its line end; `nil` for the first.
  public let previous: SHA256?

  public init(report: ArchivedReport, files: [File], previous: SHA256?) {
    self.report = report
    self.files = files
    self.previous = previous
  }
}
