import Model

/// A line of the table `record`: what a run leaves for the next ones to know.
struct RecordRow: Equatable {
  /// The kind of record, which has a checksum and a group of the ledger as a table has.
  let table: HistoryTable
  let member: String
  let name: String
  var starts: Instant?
  var ends: Instant?
  var number: Int64?
  var words: String?

  var checksum: Int64 {
    var row = RowDigest(table)
    row.add(member)
    row.add(name)
    for column in [starts?.nanoseconds, ends?.nanoseconds, number] { row.add(column) }
    row.add(words)
    return row.value
  }

  init(_ table: HistoryTable, of member: String, name: String) {
    self.table = table
    self.member = member
    self.name = name
  }

  init(_ row: Statement) throws(HistoryError) {
    let (kind, member, name) = (try row.integer(0), try row.text(1), try row.text(2))
    guard let table = HistoryTable(rawValue: kind) else {
      throw .damaged(.row(.unread, key: "(\(kind), \(member), \(name))"))
    }
    self.init(table, of: member, name: name)
    starts = try row.optionalInteger(3).map(Instant.init(nanoseconds:))
    ends = try row.optionalInteger(4).map(Instant.init(nanoseconds:))
    number = try row.optionalInteger(5)
    words = try row.optionalText(6)
    guard try row.integer(7) == checksum else {
      throw .damaged(.row(table, key: "(\(member), \(name))"))
    }
  }
}
