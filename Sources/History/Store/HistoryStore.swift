import HistoryQueries
import Model

/// The history of measurements: one SQLite file, opened by one writer or by many readers.
///
/// Belongs to the task that opened it. After ``HistoryError/io(_:code:)`` every further call throws that same error:
/// a failed write leaves a state that only the next opening can clear up.
public final class HistoryStore {
  public enum Access: Hashable, Sendable {
    /// Creates the file where there is none, and may change it; excludes all others.
    case write
    /// Changes nothing; only what a killed writer left half done is rolled back by SQLite first.
    case read
  }

  let connection: Connection
  private let path: String
  /// The series of a source as read, each checked and all counted.
  var seriesRead: [String: [SeriesRow]] = [:]

  /// Opens the history at `path`.
  ///
  /// A writer is refused at once when another one is at work; readers are waited for, two seconds at most, and wait
  /// as long themselves. A file that is not a history is never written to, even if it is empty.
  ///
  /// - Throws: every case of ``HistoryError`` but `unfit`; for readers ``HistoryError/absent``.
  public static func open(
    at path: String, for access: Access
  ) throws(HistoryError) -> HistoryStore {
    let file = try HistoryFile(path)
    let exists = try file.inspect(for: access)
    if access == .read, !exists { throw .absent }
    let lock =
      switch access {
      case .write: try FileLock.writer(at: file.lock)
      case .read: try FileLock.reader(at: file.lock)
      }
    // Checked again: another writer may have created the file before we had the lock.
    if try !file.inspect(for: access) {
      if access == .read { throw .absent }
      try file.create()
    }
    try file.checkHeader()
    let connection = try Connection(path: file.path, lock: lock)
    try connection.script(HistoryQueries.settings, during: .settings)
    try Schema.check(connection, for: access)
    if access == .read { try connection.script(HistoryQueries.readOnly, during: .settings) }
    return HistoryStore(connection: connection, path: file.path)
  }

  init(connection: Connection, path: String) {
    self.connection = connection
    self.path = path
  }

  /// The number of the file's schema.
  public static var schemaVersion: Int64 { Schema.known }

  /// The release of the SQLite library in use.
  public static var libraryVersion: String { Connection.library }
}
