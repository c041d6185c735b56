import HistoryQueries

/// The numbered schemas of the file.
enum Schema {
  /// A step to the next schema: its SQL, and then what SQL cannot compute, in the same transaction.
  private struct Migration {
    let sql: String
    var then: (HistoryStore) throws(HistoryError) -> Void = { (_) throws(HistoryError) in }
  }

  private static var migrations: [Migration] {
    [
      Migration(sql: HistoryQueries.migration1), Migration(sql: HistoryQueries.migration2),
      Migration(sql: HistoryQueries.migration3) { (store) throws(HistoryError) in
        try store.sealKeys()
      },
      Migration(sql: HistoryQueries.migration4), Migration(sql: HistoryQueries.migration5),
      Migration(sql: HistoryQueries.migration6),
      Migration(sql: HistoryQueries.migration7) { (store) throws(HistoryError) in
        try store.takeOverProgress()
      },
      Migration(sql: HistoryQueries.migration8) { (store) throws(HistoryError) in
        try store.packFacts()
      },
    ]
  }

  static var known: Int64 { Int64(migrations.count) }

  static func version(of connection: Connection) throws(HistoryError) -> Int64 {
    var version: Int64 = 0
    try connection.rows(HistoryQueries.schemaVersion) { (row) throws(HistoryError) in
      version = try row.integer(0)
    }
    return version
  }

  /// Brings the file from one schema to another, in one transaction.
  static func migrate(
    _ connection: Connection, from version: Int64, to last: Int64 = known
  ) throws(HistoryError) {
    try connection.script(HistoryQueries.settings, during: .settings)
    try connection.transaction { () throws(HistoryError) in
      for migration in migrations[Int(version)..<Int(last)] {
        try connection.script(migration.sql, during: .migrate)
        try migration.then(HistoryStore(connection: connection, path: ""))
      }
    }
  }

  /// Throws unless the file has exactly our tables: one with triggers or views is refused.
  ///
  /// For a writer, a file of an earlier schema is brought up to date first.
  static func check(
    _ connection: Connection, for access: HistoryStore.Access
  ) throws(HistoryError) {
    let version = try version(of: connection)
    if version > known { throw .newerSchema(found: version, known: known) }
    guard version > 0 else { throw .notAHistory(.otherSchema) }
    let model = try Connection()
    try migrate(model, from: 0, to: version)
    guard try text(of: connection) == text(of: model) else { throw .notAHistory(.otherSchema) }
    guard version < known else { return }
    if access == .read { throw .olderSchema(found: version, known: known) }
    try migrate(connection, from: version)
  }

  private static func text(of connection: Connection) throws(HistoryError) -> [[String]] {
    var lines: [[String]] = []
    try connection.rows(HistoryQueries.schemaText) { (row) throws(HistoryError) in
      lines.append([try row.text(0), try row.text(1), try row.text(2)])
    }
    return lines
  }
}
