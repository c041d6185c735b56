public import Model

/// What went wrong with the history file; facts without words.
public enum HistoryError: Error, Hashable, Sendable {
  /// There is no file to read.
  case absent
  case notAHistory(ForeignFile)
  /// Made by a later release: neither read nor written.
  case newerSchema(found: Int64, known: Int64)
  /// Made by an earlier release; only a writer brings it up to date.
  case olderSchema(found: Int64, known: Int64)
  case unsafe(UnsafeFile)
  /// Another process has the file; `nil` for readers, or a writer that has not written its number yet.
  case locked(LockHolder?)
  /// No space left; nothing was changed.
  case full(HistoryStep)
  /// The system failed to read or write (an extended SQLite code); the file must not be touched again in this run.
  case io(HistoryStep, code: Int32)
  case damaged(Damage)
  case unfit(UnfitBatch)
  /// Any other SQLite code.
  case failed(HistoryStep, code: Int32)
  /// A call of the operating system outside SQLite failed.
  case system(HistoryStep, errno: Int32)
}

/// What was being done when it failed.
public enum HistoryStep: Hashable, Sendable {
  case inspect, lock, create, open, settings, migrate, prepare, read, write, begin, commit
}

/// Why a file is not a history.
public enum ForeignFile: Hashable, Sendable {
  case empty
  case notSQLite
  /// The `application_id` of the file.
  case otherApplication(Int32)
  /// Shorter than its own header says.
  case truncated
  /// The right mark, but not our tables.
  case otherSchema
}

/// Why a file is not touched for safety's sake.
public enum UnsafeFile: Hashable, Sendable {
  case symbolicLink
  case notAFile
  /// In the lock's place is a link, a folder, a pipe or a device.
  case lockNotAFile
  /// In the place of one of SQLite's own files is something else; the ending of its name.
  case companionNotAFile(String)
  case hardLinked(links: UInt64)
  /// Anybody may put files there.
  case openDirectory(mode: UInt32)
  /// Anybody may write into the file.
  case openFile(mode: UInt32)
  case directoryNotWritable(owner: UInt32, mode: UInt32)
  case fileNotWritable(owner: UInt32, mode: UInt32)
  case fileNotReadable(owner: UInt32, mode: UInt32)
  /// The history is gone, but the journal of its last transaction is still there.
  case strayJournal
}

/// Who holds the writer lock.
public struct LockHolder: Hashable, Sendable {
  public let process: Int32
  public let since: Instant
}

/// Something in the file that is not as it was written.
public enum Damage: Hashable, Sendable {
  /// A row does not fit its checksum, or holds what it cannot hold; `key` as in "(3, 20745, 1)".
  case row(HistoryTable, key: String)
  /// Rows of a group (of a source; of periods: of a kind; of chunks: a series) are missing or too many.
  case rows(HistoryTable, of: String)
  /// What SQLite's own check says.
  case structure(String)
  /// SQLite gave up reading, with this extended code.
  case unreadable(code: Int32)
}

/// The tables of the file; the numbers are part of the checksums.
public enum HistoryTable: Int64, Hashable, Sendable, CaseIterable {
  case series = 1
  case chunk = 2
  case file = 3
  case span = 4
  case period = 5
  case ledger = 6
  case incident = 7
  case health = 8
  /// Records of what could not be read (see ``Unread``).
  case unread = 9
  /// Records of what feeds are read for (see ``Asked``).
  case asked = 10
  /// Records of what objectives were (see ``Promise``).
  case promise = 11
  /// The newest time of the clock.
  case clock = 12
  /// Records of how far queries were answered (see ``QueryMark``).
  case progress = 13
}

/// Why a batch or a period cannot be kept; nothing of it was.
public enum UnfitBatch: Hashable, Sendable {
  /// A cell holds NaN or infinity.
  case notFinite(SeriesID, minute: Int64)
  /// The minutes of a series do not rise.
  case notInOrder(SeriesID, minute: Int64)
  /// A minute lies beyond the range of instants.
  case outOfRange(SeriesID, minute: Int64)
  /// The series is kept as something else.
  case otherKind(SeriesID, kept: SeriesKind)
  /// The series belongs to another source than the batch.
  case otherSource(SeriesID)
  /// The revision of a closed period is not the next one.
  case revision(Int, next: Int)
  /// The facts of a period are larger than what the file can hold.
  case facts(bytes: Int)
}
