import Model

/// A query with the values of its parameters.
struct BoundQuery {
  let text: SQLText
  let span: Window
  let step: Duration

  fileprivate var values: [PostgresConnection.Parameter] {
    text.parameters.map {
      switch $0 {
      case .from: .timestamp(span.start)
      case .to: .timestamp(span.end)
      case .step: .interval(step)
      }
    }
  }
}

extension PostgresConnection {
  /// What every transaction pins, so that no setting of the role, the database or the server changes a result, and none
  /// takes long or locks for long; gone with the transaction.
  private static let settings: String = {
    let fixed = [
      ("lock_timeout", "1s"), ("idle_in_transaction_session_timeout", "30s"),
      // As many rows as there are will be fetched, so a plan that is quick with the first is none.
      ("cursor_tuple_fraction", "1"),
      // Rows that a policy hides would look like rows that are not there: an error says so instead.
      ("row_security", "off"),
      ("TimeZone", "UTC"), ("timezone_abbreviations", "Default"), ("DateStyle", "ISO, MDY"),
      ("IntervalStyle", "postgres"), ("extra_float_digits", "1"), ("bytea_output", "hex"),
      ("lc_time", "C"), ("lc_numeric", "C"), ("lc_monetary", "C"),
      ("standard_conforming_strings", "on"), ("transform_null_equals", "off"),
      ("array_nulls", "on"), ("xmloption", "content"), ("xmlbinary", "base64"),
    ]
    let calls =
      [("statement_timeout", "$1"), ("search_path", "$2"), ("client_encoding", "$3")]
      + fixed.map { ($0, "'\($1)'") }
    let settings = calls.map { "pg_catalog.set_config('\($0)', \($1), true)" }
    // Compiling costs a slice more than it saves; servers before version 11 have no such setting.
    let compiler = """
      CASE WHEN pg_catalog.current_setting('server_version_num')::int >= 110000
      THEN pg_catalog.set_config('jit', 'off', true) END
      """
    return "SELECT " + (settings + [compiler]).joined(separator: ", ")
  }()

  /// Runs a query as a cursor in a read-only transaction of its own, which is rolled back.
  ///
  /// Rows are fetched in portions, of which one is on its way while another is taken in: the server holds a portion
  /// at a time, and so do we.
  ///
  /// - Throws: ``PostgresFault``; the connection is useless then, or as good as new.
  func read(
    _ query: BoundQuery, _ access: DatabaseAccess, _ patience: Patience,
    into sink: inout some RowSink
  ) throws(PostgresFault) {
    try transaction(access, patience) {
      (begun: () throws(PostgresFault) -> Void) throws(PostgresFault) in
      var asked: [Int] = []
      func fetch(_ count: Int) throws(PostgresFault) {
        try send("FETCH \(count) FROM slr")
        try endGroup()
        asked.append(count)
      }
      try send(SQLText.declaration + query.text.statement, query.values)
      try fetch(PostgresConnection.firstPortion)
      try begun()
      try finish(patience, limit: access.limits.read, text: query.text)
      var (rows, length, isOpen) = (0, 0, false)
      while let count = asked.first {
        var found = 0
        while let result = try next(patience) {
          try PostgresConnection.check(result, limit: access.limits.read)
          found += Int(result.rows)
          if !isOpen {
            try sink.open(QueryColumns(result))
            isOpen = true
          }
          while found == count, asked.count < 3 {
            try fetch(PostgresConnection.portion(rows, length, Int(result.columns)))
          }
          length += try sink.take(result)
        }
        try finishGroup(patience)
        asked.removeFirst()
        rows += found
      }
    }
  }

  /// Few, since how long the rows are is not known yet.
  private static let firstPortion = 64

  /// How many rows to ask for, so that a portion has about a quarter of a megabyte.
  private static func portion(_ rows: Int, _ length: Int, _ columns: Int) -> Int {
    guard rows > 0 else { return firstPortion }
    return max(16, min(1024, (256 << 10) / (length / rows + 8 * columns + 32)))
  }

  /// Asks for the columns of a query, of which no row is computed.
  func describe(_ query: BoundQuery, _ access: DatabaseAccess, _ patience: Patience)
    throws(PostgresFault) -> QueryColumns?
  {
    var columns: QueryColumns?
    try transaction(access, patience) {
      (begun: () throws(PostgresFault) -> Void) throws(PostgresFault) in
      try send(SQLText.declaration + query.text.statement, query.values)
      try send("FETCH 0 FROM slr")
      try endGroup()
      try begun()
      try finish(patience, limit: access.limits.read, text: query.text)
      if let result = try finish(patience, limit: access.limits.read) {
        columns = try QueryColumns(result)
      }
      try finishGroup(patience)
    }
    return columns
  }

  // MARK: Transactions

  /// Runs `body` between a begin and a rollback; it sends its first statements before it calls `begun`, which takes the
  /// results of ours.
  private func transaction(
    _ access: DatabaseAccess, _ patience: Patience,
    _ body: (_ begun: () throws(PostgresFault) -> Void) throws(PostgresFault) -> Void
  ) throws(PostgresFault) {
    do throws(PostgresFault) {
      let isFirst = roleFacts == nil
      try sendBegin(access)
      if isFirst {
        // Nothing is asked of a role that could write.
        try send(RoleCheck.statement)
        try endGroup()
        try finishBegin(access, patience)
        try finishRoleCheck(access, patience)
        try finishGroup(patience)
      }
      try body { () throws(PostgresFault) in
        if !isFirst { try finishBegin(access, patience) }
      }
      rollBack()
    } catch {
      switch error.reason {
      // The server may be busy with it still.
      case .silent, .late, .outOfTime, .tooManySeries, .tooManyCells, .labelTooLong: abandon()
      default: rollBack()
      }
      throw error
    }
  }

  private func sendBegin(_ access: DatabaseAccess) throws(PostgresFault) {
    let schema = access.schema.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    let milliseconds = max(1, access.limits.read.nanoseconds / 1_000_000)
    try send("BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY")
    try send(
      PostgresConnection.settings,
      [
        .text("\(milliseconds)"), .text("\"\(schema)\", pg_temp"), .text(encoding),
      ])
  }

  private func finishBegin(_ access: DatabaseAccess, _ patience: Patience) throws(PostgresFault) {
    try finish(patience, limit: access.limits.read)
    try finish(patience, limit: access.limits.read)
  }

  private func finishRoleCheck(_ access: DatabaseAccess, _ patience: Patience)
    throws(PostgresFault)
  {
    do throws(PostgresFault) {
      if let rows = try finish(patience, limit: access.limits.read) {
        roleFacts = RoleCheck.facts(rows)
      }
    } catch {
      // Not the query took long, so that half of its time would not help.
      guard case .statementTimeout = error.reason else { throw error }
      throw PostgresFault(.server(code: "57014", message: nil))
    }
    if let roleFacts, !roleFacts.isEmpty, !access.allowsWritableRole {
      throw PostgresFault(.writableRole(roleFacts))
    }
  }
}
