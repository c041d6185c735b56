import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("A query that is no reader's")
struct HostileSQLTests {
  // As the owner of the table: only the cursor and the read-only transaction are between it and the data.
  @Test("changes nothing, even as the owner of the table")
  func changesNothing() throws {
    let database = try TestDatabase(name: "hostile")
    try database.sql(
      """
      CREATE TABLE t AS SELECT 1 AS a; ALTER TABLE t OWNER TO hostile_reader; CREATE SEQUENCE s;
      GRANT ALL ON SEQUENCE s TO hostile_reader; GRANT CREATE ON SCHEMA public TO hostile_reader
      """)
    let before = try database.server.fingerprint(database: "hostile")
    let statements = [
      "DELETE FROM t", "UPDATE t SET a = 2", "INSERT INTO t VALUES (2)", "TRUNCATE t",
      "DROP TABLE t",
      "WITH x AS (DELETE FROM t RETURNING a) SELECT now() AS at FROM x",
      "SELECT 1 AS at INTO u FROM t",
      "SELECT now() AS at; DELETE FROM t", "SELECT now() AS at;; DROP TABLE t;",
      "COMMIT; DROP TABLE t",
      "SELECT now() AS at; COMMIT; DELETE FROM t", "COPY t TO '/tmp/x'", "COPY t TO PROGRAM 'id'",
      "DO $$ BEGIN DELETE FROM t; END $$", "CALL p()", "SET default_transaction_read_only = off",
      "EXPLAIN ANALYZE DELETE FROM t", "CREATE TABLE u (a int)", "LOCK TABLE t", "VACUUM t",
      "NOTIFY x",
      "SELECT now() AS at, nextval('s')::text AS n", "SELECT now() AS at FROM t FOR UPDATE",
      "SELECT now() AS at, lo_create(0)::text AS l",
      "SELECT now() AS at, setval('s', 99)::text AS n",
      "SELECT now() AS at, set_config('transaction_read_only', 'off', false) AS n",
      "SELECT now() AS at, set_config('role', 'postgres', false) AS n",
      "SELECT now() AS at, query_to_xml('DELETE FROM t', true, true, '')::text AS n",
      "/* ; */ DELETE FROM t -- :from", "U&\"\\0064rop\" TABLE t", "ROLLBACK", "BEGIN", "CLOSE slr",
      "SELECT 1 AS at) UNION (DELETE FROM t", "TABLE t; TRUNCATE t", "PREPARE x AS DELETE FROM t",
      "", ";", "--", "FETCH ALL FROM slr", "DECLARE x CURSOR FOR SELECT 1",
      "VALUES (1); DELETE FROM t",
    ]
    for sql in statements {
      let pulled = try PulledRows(
        [order(sql, .moments)], database.access(allowsWritableRole: true))
      #expect(pulled.batches.isEmpty || pulled.failures.isEmpty, "\(sql)")
    }
    #expect(try database.server.fingerprint(database: "hostile") == before)
    // And a good query still works on the same connection as a bad one.
    let pulled = try PulledRows(
      [order("ROLLBACK", .moments), order("SELECT :from AS at", .moments)],
      database.access(allowsWritableRole: true))
    #expect(pulled.batches.count == 1)
    #expect(
      pulled.fault?.reason
        == .server(code: "42601", message: #"syntax error at or near "ROLLBACK""#))
    #expect(pulled.failures.first?.position == .init(line: 1, column: 1, byte: 0))
    print("hostile statements: \(statements.count), nothing changed")
  }
}
