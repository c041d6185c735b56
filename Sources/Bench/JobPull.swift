import Ingest
import Model

/// Takes the answer to a ``JobQuestion`` out of a database.
struct JobPull {
  let question: JobQuestion
  let connection: Secret

  private var source: PostgresSource {
    PostgresSource(
      name: "runs",
      access: DatabaseAccess(
        connection: connection, schema: question.schema, allowsWritableRole: true,
        limits: .init(
          connect: .seconds(5), read: .seconds(300), total: .seconds(600), source: .seconds(600))))
  }

  private var incidents: RowQuery {
    RowQuery(
      sql: "SELECT severity, opened_at, resolved_at FROM incidents", window: question.window,
      columns: [.bytes, .time, .time])
  }

  // MARK: One row for each run

  /// All runs as they are, by one cursor.
  func raw() throws -> String {
    try answer { wanted in
      let work = Work(question, wanted)
      let runs = RowQuery(
        sql: """
          SELECT provider, status, started_at, finished_at FROM job_runs
          WHERE started_at >= :from AND started_at < :to
          """,
        window: question.window, columns: [.bytes, .bytes, .time, .time])
      try source.stream([runs, incidents]) { query, rows in
        if query == 0 { work.tally.add(rows) } else { work.addIncidents(rows) }
      }
      work.tally.finish()
      return ([work.tally], work.incidents)
    }
  }

  // MARK: One row for each bucket

  /// A row for each bucket, with what distinguishes its runs as lists; both halves of the window at the same time.
  func pushedDown() async throws -> String {
    let places = question.buckets
    let cut = question.start + Int64(places / 2) * question.bucket
    let middle = min(max(Instant(seconds: cut), question.window.start), question.window.end)
    let halves = [
      Window(start: question.window.start, end: middle),
      Window(start: middle, end: question.window.end),
    ]
    var wanted: WantedCells?
    while true {
      let kept = wanted
      async let second = half(halves[1], kept, [])
      let (first, incidents) = try half(halves[0], kept, [incidents])
      do {
        return try JobAnswer([first, try await second.0], incidents).json
      } catch let missing as MissingValues {
        wanted = missing.cells
      }
    }
  }

  private func half(_ window: Window, _ wanted: WantedCells?, _ others: [RowQuery]) throws -> (
    RunTally, IncidentTally
  ) {
    let work = Work(question, wanted)
    let buckets = RowQuery(
      sql: """
        SELECT b, states, names, lengths
        FROM pg_catalog.generate_series(pg_catalog.date_bin(:step, :from, 'epoch'),
            :to - interval '1 us', :step) AS b,
          LATERAL (
            SELECT pg_catalog.string_agg(status, E'\\x1f') AS states,
              pg_catalog.string_agg(provider, E'\\x1f') AS names,
              pg_catalog.string_agg(coalesce(pg_catalog.interval_send(finished_at - started_at),
                '\\xffffffffffffffffffffffffffffffff'), '') AS lengths
            FROM job_runs
            WHERE started_at >= greatest(b, :from) AND started_at < least(b + :step, :to)) AS runs
        WHERE states IS NOT NULL
        """,
      window: window, step: .seconds(question.bucket), columns: [.time, .bytes, .bytes, .bytes])
    try source.stream([buckets] + others) { query, rows in
      if query == 0 { work.addBuckets(rows) } else { work.addIncidents(rows) }
    }
    guard !work.isUneven else { throw BenchError.unevenLists }
    work.tally.finish()
    return (work.tally, work.incidents)
  }

  private func answer(
    _ pass: (WantedCells?) throws -> ([RunTally], IncidentTally)
  ) throws -> String {
    var wanted: WantedCells?
    while true {
      let (parts, incidents) = try pass(wanted)
      do {
        return try JobAnswer(parts, incidents).json
      } catch {
        wanted = error.cells
      }
    }
  }
}

enum BenchError: Error {
  /// The lists of a bucket have different lengths: a name has the separator, or is missing.
  case unevenLists
}

/// What one pass over rows has so far.
private final class Work {
  var tally: RunTally
  var incidents = IncidentTally()
  private(set) var isUneven = false

  init(_ question: JobQuestion, _ wanted: WantedCells?) {
    tally = RunTally(question, wanted: wanted)
  }

  func addIncidents(_ rows: borrowing PostgresResult) {
    for row in 0..<rows.rows {
      guard let severity = rows.value(row, 0), let opened = rows.microseconds(row, 1) else {
        continue
      }
      incidents.add(severity, opened: opened, resolved: rows.microseconds(row, 2))
    }
  }

  func addBuckets(_ rows: borrowing PostgresResult) {
    for row in 0..<rows.rows {
      guard let start = rows.microseconds(row, 0), let states = rows.value(row, 1),
        let names = rows.value(row, 2), let lengths = rows.value(row, 3)
      else { continue }
      let question = tally.question
      let bucket = Int((start / 1_000_000 - question.start) / question.bucket)
      if !tally.add(bucket, states, names, lengths) { isUneven = true }
    }
  }
}
