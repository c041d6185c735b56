public import Model

/// Queries of a database with the protocol of Postgres, run where the data is.
public struct PostgresSource: QueryServer {
  public let name: String
  let access: DatabaseAccess

  /// Names the database; nothing is asked yet.
  public init(name: String, access: DatabaseAccess) {
    self.name = name
    self.access = access
  }

  /// A slice is a day of UTC, but one that takes the server too long is halved, down to the hour.
  public func pull(
    _ orders: [QueryOrder], health: SourceHealth, now: Instant, keep: (Batch) throws -> Void
  ) throws -> QueryPull {
    var session = PostgresSession(access, health: health, now: now)
    return try pull(orders, &session, keep)
  }

  func pull(
    _ orders: [QueryOrder], _ session: inout PostgresSession, _ keep: (Batch) throws -> Void
  ) throws -> QueryPull {
    var failures: [IngestError] = []
    if let refusal = session.refusal() {
      failures = [IngestError(source: name, path: nil, reason: .database(refusal))]
    } else {
      for order in orders {
        guard let failure = try run(order, &session, keep) else { continue }
        failures.append(failure)
        if failure.path == nil { break }
      }
    }
    return QueryPull(failures: failures, health: session.health, notes: session.notes)
  }

  /// Runs one query; gives why it failed, without a path when the source did.
  private func run(
    _ order: QueryOrder, _ session: inout PostgresSession, _ keep: (Batch) throws -> Void
  ) throws -> IngestError? {
    let text: SQLText
    do throws(PostgresFault) {
      text = try SQLText(order.sql)
    } catch {
      return failure(of: order, error, session.place)
    }
    // The next one last.
    var slices = Array(order.slices.reversed())
    while let slice = slices.popLast() {
      let query = BoundQuery(text: text, span: slice, step: order.step)
      let mark = order.mark(slices.isEmpty ? .whole : .until(slice.end))
      switch session.attempt({ (connection, patience) throws(PostgresFault) in
        try pull(order, query, mark, connection, patience)
      }) {
      case .done(let batch): try keep(batch)
      case .tooMuch(let fault, let position):
        guard order.shape != .incidents, let halves = slice.halves else {
          return failure(of: order, fault, position)
        }
        slices += [halves.1, halves.0]
      case .failed(let fault, let position): return failure(of: order, fault, position)
      case .ended(let fault):
        return IngestError(source: name, path: nil, reason: .database(fault))
      }
    }
    return nil
  }

  private func failure(
    of order: QueryOrder, _ fault: DatabaseFault, _ position: IngestError.Position?
  ) -> IngestError {
    IngestError(source: name, path: order.path, position: position, reason: .database(fault))
  }

  private func failure(
    of order: QueryOrder, _ fault: PostgresFault, _ place: DatabaseFault.Place?
  ) -> IngestError {
    failure(
      of: order, DatabaseFault(place: place, reason: fault.reason, tries: 0, elapsed: .zero),
      fault.position)
  }

  private func pull(
    _ order: QueryOrder, _ query: BoundQuery, _ mark: QueryMark, _ connection: PostgresConnection,
    _ patience: Patience
  ) throws(PostgresFault) -> Batch {
    if order.shape == .incidents {
      var sink = IncidentSink(
        mapping: order.mapping ?? IncidentMapping(service: ""), slice: query.span)
      try connection.read(query, access, patience, into: &sink)
      return Batch(
        source: order.feed, series: [], incidents: sink.collector.finish(), span: query.span,
        query: mark, read: sink.collector.read, replaces: true, rejected: sink.collector.rejected)
    }
    var sink = SeriesSink(
      feed: order.feed, shape: order.shape, slice: query.span, states: order.states)
    try connection.read(query, access, patience, into: &sink)
    return Batch(
      source: order.feed, series: sink.collector.finish(), span: query.span, query: mark,
      read: sink.collector.read, replaces: !order.tellsOnlyNow, rejected: sink.collector.rejected)
  }

  // MARK: Describing

  public func describe(_ orders: [QueryOrder]) throws(IngestError) -> DatabaseDescription {
    var session = PostgresSession(access, health: SourceHealth(), now: Instant(nanoseconds: 0))
    switch session.attempt(
      tries: 1,
      { (connection, patience) throws(PostgresFault) in
        let probe = BoundQuery(
          text: try SQLText("SELECT 1"),
          span: Window(start: .init(seconds: 0), end: .init(seconds: 0)),
          step: .zero)
        _ = try connection.describe(probe, access, patience)
        return (connection.options, connection.serverVersion, connection.isEncrypted)
      })
    {
    case .done(let (options, version, isEncrypted)):
      var faults: [IngestError?] = []
      for order in orders { faults.append(describe(order, &session)) }
      return DatabaseDescription(
        version: version, place: options.place, isEncrypted: isEncrypted, isLocal: options.isLocal,
        isVerified: options.isLocal || options.mode == "verify-full", mode: options.mode,
        notes: session.notes, faults: faults)
    case .tooMuch(let fault, _), .failed(let fault, _), .ended(let fault):
      throw IngestError(source: name, path: nil, reason: .database(fault))
    }
  }

  private func describe(_ order: QueryOrder, _ session: inout PostgresSession) -> IngestError? {
    let text: SQLText
    do throws(PostgresFault) {
      text = try SQLText(order.sql)
    } catch {
      return failure(of: order, error, session.place)
    }
    let query = BoundQuery(text: text, span: order.window, step: order.step)
    switch session.attempt(
      tries: 1,
      { (connection, patience) throws(PostgresFault) in
        guard let columns = try connection.describe(query, access, patience) else { return }
        if order.shape == .incidents {
          var sink = IncidentSink(
            mapping: order.mapping ?? IncidentMapping(service: ""), slice: order.window)
          try sink.open(columns)
        } else {
          var sink = SeriesSink(feed: order.feed, shape: order.shape, slice: order.window)
          try sink.open(columns)
        }
      })
    {
    case .done: return nil
    case .tooMuch(let fault, let position), .failed(let fault, let position):
      return failure(of: order, fault, position)
    case .ended(let fault): return failure(of: order, fault, nil)
    }
  }
}
