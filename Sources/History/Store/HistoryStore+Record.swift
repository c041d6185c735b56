import HistoryQueries
public import Model

extension HistoryStore {
  /// What could not be read of a feed, in order of the path; empty when its last pull came to its end and read everything.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func unread(of feed: String) throws(HistoryError) -> [Unread] {
    try records(.unread, of: feed).map {
      Unread(
        path: $0.name, ends: $0.ends, noticed: $0.starts ?? Instant(nanoseconds: 0),
        reason: $0.words ?? "")
    }
  }

  /// Notes what could not be read of a feed, in place of what was noted before.
  ///
  /// What is known already keeps the time at which it was noticed first, and is not written again.
  ///
  /// - Throws: any error of writing.
  public func note(_ unread: [Unread], of feed: String) throws(HistoryError) {
    let old = try self.unread(of: feed)
    try replace(
      .unread, of: feed,
      with: unread.map { new in
        let known = old.first {
          ($0.path, $0.ends, $0.reason) == (new.path, new.ends, new.reason)
        }
        var row = RecordRow(.unread, of: feed, name: new.path)
        (row.starts, row.ends, row.words) = ((known ?? new).noticed, new.ends, new.reason)
        return row
      })
  }

  /// What a feed is read for, as the last pull that came to its end left it.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func asked(of feed: String) throws(HistoryError) -> [Asked] {
    try records(.asked, of: feed).map {
      Asked(text: $0.name, since: $0.starts, first: $0.ends)
    }
  }

  /// Notes what a feed is read for, in place of what was noted before.
  ///
  /// - Throws: any error of writing.
  public func note(_ asked: [Asked], of feed: String) throws(HistoryError) {
    try replace(
      .asked, of: feed,
      with: asked.map { one in
        var row = RecordRow(.asked, of: feed, name: one.text)
        (row.starts, row.ends) = (one.since, one.first)
        return row
      })
  }

  /// How far the query of a feed was answered; `nil` when it was never asked.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func query(of feed: String) throws(HistoryError) -> QueryMark? {
    try records(.progress, of: feed).first.flatMap { row in
      row.number.flatMap(UInt32.init(exactly:)).map {
        QueryMark(
          path: row.name, checksum: $0, progress: row.ends.map(QueryProgress.until) ?? .whole)
      }
    }
  }

  func note(_ mark: QueryMark, of feed: String) throws(HistoryError) {
    var row = RecordRow(.progress, of: feed, name: mark.path)
    row.number = Int64(mark.checksum)
    if case .until(let end) = mark.progress { row.ends = end }
    try replace(.progress, of: feed, with: [row])
  }

  /// A feed is read from files now: whatever its query was answered for, the history no longer has that alone.
  func forgetQuery(of feed: String) throws(HistoryError) {
    try replace(.progress, of: feed, with: [])
  }

  /// What an objective was, in order of time.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func promises(of objective: String) throws(HistoryError) -> [Promise] {
    try records(.promise, of: objective).compactMap { row in
      guard let since = row.starts, let target = row.number else { return nil }
      return Promise(since: since, target: target, window: row.words ?? "")
    }.sorted { $0.since < $1.since }
  }

  /// Notes what an objective is from now on, unless that is what it was.
  ///
  /// - Throws: any error of writing.
  public func note(_ promise: Promise, of objective: String) throws(HistoryError) {
    let old = try promises(of: objective)
    if let last = old.last, (last.target, last.window) == (promise.target, promise.window) {
      return
    }
    var row = RecordRow(.promise, of: objective, name: "\(old.count)")
    (row.starts, row.number) = (
      max(promise.since, old.last?.since ?? promise.since), promise.target
    )
    row.words = promise.window
    try replace(.promise, of: objective, with: try records(.promise, of: objective) + [row])
  }

  /// The latest time of a pull that brought data; `nil` when none did.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func newestPull() throws(HistoryError) -> Instant? {
    try records(.clock, of: "").first?.starts
  }

  /// Notes the time of a pull that brought data; an earlier time than the latest changes nothing.
  ///
  /// - Throws: any error of writing.
  public func notePull(at clock: Instant) throws(HistoryError) {
    if let newest = try newestPull(), clock <= newest { return }
    var row = RecordRow(.clock, of: "", name: "")
    row.starts = clock
    try replace(.clock, of: "", with: [row])
  }

  /// Removes the records of feeds that are not among these.
  ///
  /// - Throws: any error of writing.
  public func forgetRecords(exceptOf feeds: Set<String>) throws(HistoryError) {
    var gone: Set<String> = []
    try connection.rows(HistoryQueries.recordsAll) { (row) throws(HistoryError) in
      let line = try RecordRow.read(row)
      if [.unread, .asked, .progress].contains(line.table), !feeds.contains(line.member) {
        gone.insert(line.member)
      }
    }
    for feed in gone.sorted() {
      try replace(.unread, of: feed, with: [])
      try replace(.asked, of: feed, with: [])
      try replace(.progress, of: feed, with: [])
    }
  }

  private func records(
    _ table: HistoryTable, of member: String
  ) throws(HistoryError) -> [RecordRow] {
    try rows(
      HistoryQueries.recordsOfMember, [.integer(table.rawValue), .text(member)],
      of: RowGroup(table, member))
  }

  /// Writes what differs; without a difference nothing is written, and the disk is left alone.
  private func replace(
    _ table: HistoryTable, of member: String, with rows: [RecordRow]
  ) throws(HistoryError) {
    let old = try records(table, of: member)
    let gone = old.filter { !rows.contains($0) }
    let fresh = rows.filter { !old.contains($0) }
    if gone.isEmpty, fresh.isEmpty { return }
    try connection.transaction { () throws(HistoryError) in
      try drop(gone)
      try put(fresh)
    }
  }
}
