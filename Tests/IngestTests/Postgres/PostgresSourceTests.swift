import Foundation
import Model
import Testing

@testable import Ingest

@Suite("A source in Postgres")
struct PostgresSourceTests {
  let database: TestDatabase

  init() throws { database = try TestDatabase.shared.get() }

  func pull(_ sql: String, _ shape: RowShape, to: String = "2026-10-19T00:00:00Z") throws
    -> PulledRows
  {
    try PulledRows([order(sql, shape, to: to)], database.access())
  }

  // Three minutes, of which the first has two rows: 90 + 45 of 100 + 50.
  @Test("gives the minute cells of good and total")
  func ratio() throws {
    let pulled = try pull(
      """
      SELECT t::timestamptz AS bucket, good, total, team
      FROM (VALUES ('2026-10-18 06:00Z', 90, 100::bigint, 'x'), ('2026-10-18 06:00:30Z', 45, 50, 'x'),
        ('2026-10-18 06:02Z', 7, 9, NULL)) AS v(t, good, total, team)
      WHERE t::timestamptz >= :from AND t::timestamptz < :to;
      """, .ratio)
    #expect(pulled.failures == [])
    #expect(
      pulled.series.map(\.id.text) == [
        #"{column="good",team="x"}"#, #"{column="total",team="x"}"#, #"{column="good"}"#,
        #"{column="total"}"#,
      ])
    #expect(pulled.series.map { $0.cells.map(\.sum) } == [[135], [150], [7], [9]])
    #expect(pulled.series.map { $0.cells.map(\.count) } == [[2], [2], [1], [1]])
    #expect(pulled.series[0].id.source == "w/q.sql")
    let batch = pulled.batches[0]
    #expect(batch.source == "w/q.sql")
    #expect(batch.read == 3)
    #expect(batch.replaces)
    #expect(batch.span == order("", .ratio).window)
    #expect(batch.path == "q.sql")
    #expect(batch.rejected == nil)
  }

  @Test("gives buckets, values, moments and states")
  func shapes() throws {
    let buckets = try pull(
      "SELECT :from + interval '1 h' AS bucket, le, 3 AS count FROM unnest(ARRAY[0.5, 60, 'Infinity']::float8[]) le",
      .latency)
    #expect(buckets.series.map(\.id.text) == [#"{le="0.5"}"#, #"{le="60"}"#, #"{le="+Inf"}"#])
    let values = try pull(
      "SELECT :from::timestamptz + n * :step AS bucket, n / 4.0 AS value FROM generate_series(0, 2) n",
      .value)
    #expect(values.series[0].cells.map(\.last) == [0, 0.25, 0.5])
    let minute = order("", .value).window.start.seconds / 60
    #expect(values.series[0].cells.map(\.minute) == [minute, minute + 1, minute + 2])
    let moments = try pull("SELECT :from + interval '1.5 s' AS at", .moments)
    #expect(moments.series[0].cells.map(\.last) == [Double(minute * 60) + 1.5])
    let states = try pull(
      """
      SELECT :from + n * interval '1 min' AS at, up FROM
      unnest(ARRAY['up', 'DOWN', 'Ok', 'failed', 'whatever']) WITH ORDINALITY AS v(up, n)
      """, .states)
    #expect(states.series[0].cells.map(\.last) == [1, 0, 1, 0, 0])
    #expect(states.series[0].cells.map(\.rejects) == [0, 0, 0, 0, 1])
    #expect(
      states.batches[0].rejected
        == RejectedRows(count: 1, row: 5, reason: .unknownState(["whatever"])))
    let flags = try pull("SELECT :from AS at, false AS up", .states)
    #expect(flags.series[0].cells.map(\.last) == [0])
  }

  @Test("reads every type of number, and of label as its text")
  func types() throws {
    try database.sql("CREATE TYPE colour AS ENUM ('red', 'blue'); CREATE DOMAIN tag AS text")
    let numbers = try pull(
      """
      SELECT :from AS bucket, 1::int2 AS value, 'a' AS kind
      UNION ALL SELECT :from, 2::int4, 'b'
      """, .value)
    #expect(numbers.failures == [])
    for (text, expected) in [
      ("'-32768'::int2", -32768.0), ("2147483647::int4", 2_147_483_647),
      ("(-9007199254740993)::int8", -9_007_199_254_740_992), ("0.1::float4", Double(Float(0.1))),
      ("'-1e-300'::float8", -1e-300), ("true", 1), ("0::numeric", 0), ("0.1::numeric", 0.1),
      ("-123456.789::numeric", -123456.789), ("1e-20::numeric", 1e-20),
      ("12345678901234567890123.4567::numeric", 12345678901234567890123.4567),
      ("10000::numeric", 10000), ("99999999.9999::numeric", 99999999.9999),
    ] {
      let pulled = try pull("SELECT :from AS bucket, \(text) AS value", .value)
      #expect(pulled.series.first?.cells.first?.last == expected, "\(text)")
    }
    let labels = try pull(
      """
      SELECT :from AS at, 'x'::text AS a, 'y'::varchar(3) AS b, 'z'::char(4) AS c, -7 AS d, true AS e,
        '8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60'::uuid AS f, 'blue'::colour AS g, 'n'::name AS h,
        't'::tag AS i, NULL AS j, 'ä"' AS "ö ö", '' AS k
      """, .moments)
    #expect(
      labels.series.map(\.id.text) == [
        #"{a="x",b="y",c="z",d="-7",e="true",f="8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60",g="blue","#
          + #"h="n",i="t",ö ö="ä""}"#
      ])
  }

  @Test("refuses what is no time, no number and no label, and columns that are not as agreed")
  func columns() throws {
    func reason(_ sql: String, _ shape: RowShape) throws -> DatabaseFault.Reason? {
      let pulled = try pull(sql, shape)
      #expect(pulled.batches.isEmpty)
      #expect(pulled.failures.first?.path == "q.sql")
      return pulled.fault?.reason
    }
    #expect(
      try reason("SELECT now()::timestamp AS at", .moments) == .timeWithoutZone(column: "at"))
    #expect(
      try reason("SELECT current_date AS bucket, 1 AS value", .value)
        == .timeWithoutZone(column: "bucket"))
    #expect(
      try reason("SELECT 1 AS at", .moments) == .columnType(column: "at", type: 23))
    #expect(
      try reason("SELECT now() AS bucket, 'x' AS value", .value)
        == .columnType(column: "value", type: 25))
    #expect(
      try reason("SELECT now() AS bucket, 1 AS value, '{}'::jsonb AS j", .value)
        == .columnType(column: "j", type: 3802))
    #expect(
      try reason("SELECT now() AS bucket, 1 AS good", .ratio)
        == .missingColumns(["total"], found: ["bucket", "good"]))
    #expect(
      try reason("SELECT now() AS bucket, 1 AS value, 2 AS value", .value)
        == .repeatedColumn("value"))
    #expect(
      try reason("SELECT now() AS bucket, 1 AS good, 1 AS total, 'x' AS column", .ratio)
        == .repeatedColumn("column"))
    #expect(
      try reason("SELECT :from AS at, repeat('x', 70000) AS a", .moments)
        == .labelTooLong(column: "a", limit: 65_536))
    #expect(
      try reason(
        "SELECT :from + n * interval '1 ms' AS at, n AS a FROM generate_series(1, 10001) n",
        .moments)
        == .tooManySeries(limit: 10_000))
  }

  @Test("counts the rows that cannot be used, and tells the first")
  func rejects() throws {
    let pulled = try pull(
      """
      SELECT t::timestamptz AS bucket, good::float8, total::float8 FROM (VALUES
        ('2026-10-18 06:00Z', 1.0, 2.0), ('2026-10-18 06:01Z', 'NaN', 2), ('2026-10-18 06:01Z', 3, 2),
        ('2026-10-18 06:01Z', -1, 2), ('2026-10-18 06:01Z', 1, NULL), ('2026-10-18 06:02Z', 1, 'Infinity'),
        (NULL, 1, 2), ('infinity', 1, 2), ('-infinity', 1, 2), ('294276-01-01', 1, 2),
        ('2026-10-19 00:00Z', 1, 2), ('2026-10-17 23:59Z', 1, 2)) AS v(t, good, total)
      """, .ratio)
    #expect(pulled.series.map { $0.cells.map(\.sum) } == [[1], [0, 2, 0, 0]])
    // The first minute of the slice has those without a time in it.
    #expect(pulled.series[1].cells.map(\.rejects) == [6, 0, 4, 1])
    #expect(pulled.batches[0].rejected == RejectedRows(count: 11, row: 2, reason: .noNumber))
    #expect(pulled.batches[0].read == 12)
    let bounds = try pull("SELECT :from AS bucket, NULL::float8 AS le, 1 AS count", .latency)
    #expect(bounds.series.map(\.id.text) == [#"{le="+Inf"}"#])
    #expect(bounds.series[0].cells.map(\.rejects) == [1])
  }

  @Test("repairs labels that are no UTF-8")
  func badText() throws {
    try database.sql(
      "CREATE DATABASE room_ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    let pulled = try PulledRows(
      [order("SELECT :from AS at, E'\\xffA\\xfe' AS a", .moments)],
      database.access(database: "room_ascii"))
    #expect(pulled.failures == [])
    #expect(pulled.series.map(\.id.text) == ["{a=\"\u{FFFD}A\u{FFFD}\"}"])
  }

  @Test("asks day by day of UTC, and keeps each before the next")
  func slices() throws {
    let pulled = try PulledRows(
      [
        order(
          "SELECT :from AS at, :to - :from AS length_is_no_label".replacing(
            "AS length_is_no_label", with: "> interval '23 h' AS whole"), .moments,
          from: "2026-10-17T22:30:00Z", to: "2026-10-20T05:00:00Z")
      ], database.access())
    #expect(
      pulled.batches.compactMap(\.span?.start) == [
        instant("2026-10-17T22:30:00Z"), instant("2026-10-18T00:00:00Z"),
        instant("2026-10-19T00:00:00Z"), instant("2026-10-20T00:00:00Z"),
      ])
    #expect(pulled.batches.last?.span?.end == instant("2026-10-20T05:00:00Z"))
    #expect(
      pulled.series.map(\.id.text) == [
        #"{whole="false"}"#, #"{whole="true"}"#, #"{whole="true"}"#, #"{whole="false"}"#,
      ])
  }

  @Test("halves a slice that takes the server too long, down to the hour")
  func halves() throws {
    // More than six hours take longer than anything may.
    let sql = """
      SELECT :from AS at, CASE WHEN :to - :from > interval '6 h' THEN pg_sleep(100)::text END AS s
      """
    let access = database.access(limits: .short(read: .seconds(2), total: .seconds(20)))
    let pulled = try PulledRows([order(sql, .moments)], access)
    #expect(pulled.failures == [])
    #expect(pulled.batches.compactMap(\.span?.length) == [6, 6, 6, 6].map { .hours($0) })
    #expect(pulled.waits == [])
    let slow = try PulledRows(
      [order("SELECT :from AS at, pg_sleep(100)::text AS s", .moments)],
      database.access(limits: .short(read: .milliseconds(300))))
    #expect(slow.batches.isEmpty)
    #expect(slow.fault?.reason == .statementTimeout(limit: .milliseconds(300)))
    #expect(slow.failures.first?.path == "q.sql")
  }

  @Test("halves a slice of more cells than memory should hold")
  func manyCells() throws {
    // 300 series of 1440 minutes are 432,000 cells.
    let sql = """
      SELECT t AS bucket, 1 AS value, n AS name FROM generate_series(1, 300) n,
      generate_series(:from, :to - interval '1 min', interval '1 min') t
      """
    let pulled = try PulledRows([order(sql, .value)], database.access())
    #expect(pulled.failures == [])
    #expect(pulled.batches.compactMap(\.span?.length) == [.hours(12), .hours(12)])
    #expect(pulled.batches.map { $0.series.count } == [300, 300])
    #expect(pulled.batches.map { $0.series[0].cells.count } == [720, 720])
  }

  @Test("gives the same whatever the role has set")
  func roleSettings() throws {
    let sql = """
      SELECT timestamptz '2026-10-18 06:00Z' AS at, '06/10/2026'::date::text AS a,
        (timestamptz '2026-10-18 23:30Z')::text AS b, (interval '1 day 2:03')::text AS c,
        (0.1::float8 + 0.2)::text AS d, '\\xff'::bytea::text AS e, to_char(1234.5, '9G999D9') AS f,
        to_char(timestamptz '2026-10-18 06:00Z', 'TMDay') AS g, 'a\\nb' AS h,
        (SELECT count(*) FROM x) AS i, current_setting('cursor_tuple_fraction') AS j
      """
    try database.sql(
      """
      CREATE TABLE public.x AS SELECT 1 AS one; GRANT SELECT ON x TO room_reader;
      CREATE SCHEMA other; CREATE TABLE other.x AS SELECT 1 AS one LIMIT 0;
      GRANT USAGE ON SCHEMA other TO PUBLIC; GRANT SELECT ON other.x TO PUBLIC
      """)
    let plain = try pull(sql, .moments)
    #expect(plain.failures == [])
    for setting in [
      "TimeZone = 'Asia/Kathmandu'", "DateStyle = 'German, DMY'", "DateStyle = 'SQL, DMY'",
      "IntervalStyle = 'iso_8601'", "extra_float_digits = 0", "bytea_output = 'escape'",
      "search_path = other", "standard_conforming_strings = off", "transform_null_equals = on",
      "default_transaction_isolation = 'serializable'", "client_encoding = 'LATIN1'",
      "cursor_tuple_fraction = 0.0001", "enable_seqscan = off",
    ] {
      try database.addRole("room_odd")
      try database.sql(
        "GRANT SELECT ON x TO room_odd; ALTER ROLE room_odd SET \(setting)"
      )
      let found = try PulledRows([order(sql, .moments)], database.access(as: "room_odd"))
      #expect(found.failures == [], "\(setting)")
      #expect(found.series == plain.series, "\(setting)")
      try database.sql("REVOKE ALL ON x FROM room_odd; DROP ROLE room_odd")
    }
    #expect(plain.series[0].id.text.contains(#"a="2026-06-10""#))
    #expect(plain.series[0].id.text.contains(#"j="1""#))
  }

  @Test("takes as long as the source allows, not as the role does")
  func roleTimeout() throws {
    try database.addRole("room_hasty")
    // Long enough for what is said before the query's own limit holds.
    try database.sql("ALTER ROLE room_hasty SET statement_timeout = '2s'")
    let sql = "SELECT :from AS at, pg_sleep(3)::text AS a"
    let found = try PulledRows([order(sql, .moments)], database.access(as: "room_hasty"))
    #expect(found.failures == [])
    #expect(found.batches.count == 1)
    try database.sql("DROP ROLE room_hasty")
  }

  @Test("leaves no setting behind, and starts each query afresh")
  func settingsUntouched() throws {
    let sql = "SELECT :from AS at, set_config('work_mem', '77MB', false) AS a"
    let ask = "SELECT :from AS at, current_setting('work_mem') AS a"
    let pulled = try PulledRows(
      [order(sql, .moments), order(ask, .moments)], database.access())
    #expect(pulled.failures == [])
    #expect(pulled.series.map(\.id.text) == [#"{a="77MB"}"#, #"{a="4MB"}"#])
  }

  @Test("gives incidents by the names that the rows have")
  func incidents() throws {
    let pulled = try PulledRows(
      [
        order(
          """
          SELECT 7 AS number, 'Down' AS title, 'sev1' AS severity,
            timestamptz '2026-10-18 06:00Z' AS began, timestamptz '2026-10-18 06:30Z' AS resolved_at
          UNION ALL SELECT 8, 'Still', 'minor', '2026-10-18 07:00Z', 'infinity'
          """, .incidents, from: "2026-10-01T00:00:00Z", to: "2026-10-31T00:00:00Z",
          mapping: IncidentMapping(
            service: "shop", columns: ["id": "number", "started_at": "began"]))
      ], database.access())
    #expect(pulled.failures == [])
    #expect(pulled.batches.count == 1)
    let found = pulled.batches[0].incidents.compactMap(\.incident)
    #expect(found.map(\.id) == ["7", "8"])
    #expect(found.map(\.severity) == [.critical, .minor])
    #expect(found.map(\.resolved) == [instant("2026-10-18T06:30:00Z"), nil])
    let missing = try PulledRows([order("SELECT 1 AS id", .incidents)], database.access())
    #expect(missing.fault?.reason == .missingColumns(["started_at"], found: ["id"]))
  }

  @Test("tells a bad query with its place, and goes on with the next")
  func badQueries() throws {
    let pulled = try PulledRows(
      [
        order("-- ä\nSELECT :from AS at,\n  nonsense FROM x", .moments),
        order("SELECT :form AS at", .moments), order("SELECT :from AS at", .moments),
        order("SELECT :from AS at, 1 / 0 AS a", .moments),
        order("SELECT :from AS at, 'alice@example.com'::int AS a", .moments),
      ], database.access())
    #expect(pulled.batches.count == 1)
    #expect(pulled.failures.map(\.path) == ["q.sql", "q.sql", "q.sql", "q.sql"])
    let reasons = pulled.failures.compactMap { failure -> DatabaseFault.Reason? in
      guard case .database(let fault) = failure.reason else { return nil }
      return fault.reason
    }
    #expect(
      reasons[0] == .server(code: "42703", message: #"column "nonsense" does not exist"#)
        || reasons[0] == .server(code: "42P01", message: #"relation "x" does not exist"#))
    #expect(pulled.failures[0].position?.line == 3)
    #expect(reasons[1] == .unknownParameter(":form"))
    #expect(pulled.failures[1].position == .init(line: 1, column: 8, byte: 7))
    // Of data only the code is told.
    #expect(reasons[2] == .server(code: "22012", message: nil))
    #expect(reasons[3] == .server(code: "22P02", message: nil))
    #expect(
      pulled.failures.map(\.kind) == [
        .configuration, .configuration, .configuration, .configuration,
      ])
  }

  @Test("describes itself and its queries without running them")
  func describes() throws {
    try database.addRole("room_ticks")
    try database.sql("CREATE SEQUENCE ticks; GRANT USAGE ON SEQUENCE ticks TO room_ticks")
    let source = PostgresSource(
      name: "w", access: database.access(as: "room_ticks", allowsWritableRole: true))
    let found = try source.describe([
      order("SELECT :from AS at, pg_sleep(100)::text AS s", .moments),
      order("SELECT :from AS bucket, 1 AS value, nextval('ticks') AS n", .value),
      order("SELECT 1 AS at", .moments), order("SELEKT", .moments),
    ])
    #expect(found.version.hasPrefix("1"))
    #expect(found.place.role == "room_ticks")
    #expect(found.place.database == "room")
    #expect(found.isLocal && found.isVerified && !found.isEncrypted)
    #expect(found.faults.map { $0 == nil } == [true, true, false, false])
    #expect(try database.sql("SELECT is_called FROM ticks") == ["f"])
  }
}
