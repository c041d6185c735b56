import HistoryQueries

/// The numbered schemas of the file.
enum Schema {
  private static let migrations = [HistoryQueries.migration1]

  static var known: Int64 { Int64(migrations.count) }

  static func version(of connection: Connection) throws(HistoryError) -> Int64 {
    var version: Int64 = 0
    try connection.rows(HistoryQueries.schemaVersion) { (row) throws(HistoryError) in
      version = try row.integer(0)
    }
    return version
  }

  /// Brings the file from the schema `version` to the known one, in one transaction.
  static func migrate(_ connection: Connection, from version: Int64) throws(HistoryError) {
    try connection.script(HistoryQueries.settings, during: .settings)
    try connection.transaction { () throws(HistoryError) in
      for migration in migrations.dropFirst(Int(version)) {
        try connection.script(migration, during: .migrate)
      }
    }
  }

  /// Throws unless the file has exactly our tables: a planted one with triggers or views is refused.
  static func check(_ connection: Connection) throws(HistoryError) {
    let version = try version(of: connection)
    if version > known { throw .newerSchema(found: version, known: known) }
    let model = try Connection()
    try migrate(model, from: 0)
    guard version == known, try text(of: connection) == text(of: model) else {
      throw .notAHistory(.otherSchema)
    }
  }

  private static func text(of connection: Connection) throws(HistoryError) -> [[String]] {
    var lines: [[String]] = []
    try connection.rows(HistoryQueries.schemaText) { (row) throws(HistoryError) in
      lines.append([try row.text(0), try row.text(1), try row.text(2)])
    }
    return lines
  }
}
