import Model

/// What takes the rows of a query.
protocol RowSink {
  /// Checks the columns, before any row.
  mutating func open(_ columns: QueryColumns) throws(PostgresFault)

  /// Takes all rows of a result; gives the length of their values.
  mutating func take(_ rows: borrowing PostgresResult) throws(PostgresFault) -> Int
}

/// Makes series of minute cells.
struct SeriesSink: RowSink {
  static let mostSeries = 10_000
  static let mostCells = 300_000

  private enum Plan {
    case nothing
    case ratio(bucket: QueryColumns.Column, good: QueryColumns.Column, total: QueryColumns.Column)
    case latency(
      bucket: QueryColumns.Column, bound: QueryColumns.Column, count: QueryColumns.Column)
    case value(bucket: QueryColumns.Column, value: QueryColumns.Column)
    case moments(at: QueryColumns.Column)
    case states(at: QueryColumns.Column, state: QueryColumns.Column)
  }

  private let feed: String
  private let shape: RowShape
  private let slice: Window
  private let states: StateWords
  private var plan = Plan.nothing
  private var labels: [QueryColumns.Column] = []
  private(set) var collector: RowCollector

  init(feed: String, shape: RowShape, slice: Window, states: StateWords = StateWords()) {
    self.feed = feed
    self.states = states
    self.shape = shape
    self.slice = slice
    collector = RowCollector(source: feed, shape: shape, labels: [])
  }

  mutating func open(_ columns: QueryColumns) throws(PostgresFault) {
    let used = try columns.require(shape.columns)
    switch shape {
    case .ratio:
      plan = .ratio(
        bucket: try used[0].asTime(), good: try used[1].asNumber(), total: try used[2].asNumber())
      // The name in which the two series of a row differ.
      if let taken = columns.find("column") { throw PostgresFault(.repeatedColumn(taken.text)) }
    case .latency:
      plan = .latency(
        bucket: try used[0].asTime(), bound: try used[1].asNumber(), count: try used[2].asNumber())
    case .value, .levels: plan = .value(bucket: try used[0].asTime(), value: try used[1].asNumber())
    case .moments: plan = .moments(at: try used[0].asTime())
    case .states: plan = .states(at: try used[0].asTime(), state: try used[1].asState())
    case .incidents: plan = .nothing
    }
    labels = []
    for column in columns.all where !used.contains(where: { $0.place == column.place }) {
      labels.append(try column.asLabel())
    }
    collector = RowCollector(
      source: feed, shape: shape, labels: labels.map(\.name), slice: slice)
  }

  mutating func take(_ rows: borrowing PostgresResult) throws(PostgresFault) -> Int {
    var length = 0
    for row in 0..<rows.rows {
      collector.begin()
      for column in labels {
        let bytes = try column.label(rows, row)
        collector.label { if let bytes { column.type.appendLabel(bytes, to: &$0) } }
        length += bytes?.count ?? 0
      }
      switch plan {
      case .ratio(let bucket, let good, let total):
        collector.add(
          good: good.number(rows, row), total: total.number(rows, row), at: bucket.time(rows, row))
      case .latency(let bucket, let bound, let count):
        collector.add(
          count.number(rows, row), upTo: bound.number(rows, row), at: bucket.time(rows, row))
      case .value(let bucket, let value):
        collector.add(value: value.number(rows, row), at: bucket.time(rows, row))
      case .moments(let at): collector.addMoment(at: at.time(rows, row))
      case .states(let at, let state):
        let word = state.state(rows, row)
        let found = states.state(word)
        if found == nil { collector.note(unknown: word) }
        collector.add(found, at: at.time(rows, row))
      case .nothing: break
      }
    }
    guard collector.series <= SeriesSink.mostSeries else {
      throw PostgresFault(.tooManySeries(limit: SeriesSink.mostSeries))
    }
    guard collector.cells <= SeriesSink.mostCells else {
      throw PostgresFault(.tooManyCells(limit: SeriesSink.mostCells))
    }
    return length
  }
}

/// Makes incidents.
struct IncidentSink: RowSink {
  static let mostIncidents = 100_000

  private let mapping: IncidentMapping
  private var columns: [String: QueryColumns.Column] = [:]
  private(set) var collector: IncidentCollector

  init(mapping: IncidentMapping, slice: Window) {
    self.mapping = mapping
    collector = IncidentCollector(mapping: mapping, slice: slice)
  }

  private static let times: Set = ["started_at", "detected_at", "acknowledged_at", "resolved_at"]

  mutating func open(_ columns: QueryColumns) throws(PostgresFault) {
    _ = try columns.require(RowShape.incidents.columns.map(mapping.column))
    for name in IncidentMapping.columns {
      guard let column = columns.find(mapping.column(name)) else { continue }
      self.columns[name] =
        IncidentSink.times.contains(name) ? try column.asTime() : try column.asLabel()
    }
  }

  mutating func take(_ rows: borrowing PostgresResult) throws(PostgresFault) -> Int {
    var length = 0
    for row in 0..<rows.rows {
      var incident = IncidentCollector.Row()
      incident.id = try columns["id"]?.string(rows, row)
      incident.title = try columns["title"]?.string(rows, row)
      incident.service = try columns["service"]?.string(rows, row)
      incident.severity = try columns["severity"]?.string(rows, row)
      incident.status = try columns["status"]?.string(rows, row)
      incident.cause = try columns["cause"]?.string(rows, row)
      incident.started = columns["started_at"]?.instant(rows, row)
      incident.detected = columns["detected_at"]?.instant(rows, row)
      incident.acknowledged = columns["acknowledged_at"]?.instant(rows, row)
      incident.resolved = columns["resolved_at"]?.instant(rows, row)
      collector.add(incident)
      guard collector.read <= IncidentSink.mostIncidents else {
        throw PostgresFault(.tooManyIncidents(limit: IncidentSink.mostIncidents))
      }
      length += (incident.title?.utf8.count ?? 0) + (incident.cause?.utf8.count ?? 0)
    }
    return length
  }
}

extension QueryColumns.Column {
  /// As ``time(_:_:)``, but what is infinite or beyond all instants is an end of the range.
  fileprivate func instant(_ rows: borrowing PostgresResult, _ row: Int32) -> Int64? {
    guard let bytes = rows.value(row, place), let time = ValueType.microseconds(bytes) else {
      return nil
    }
    return PostgresTime.nanoseconds(time) ?? (time < 0 ? .min : .max)
  }
}
