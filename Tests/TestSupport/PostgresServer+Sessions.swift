import Foundation
import Synchronization

extension PostgresServer {
  /// Runs statements one by one, up to the first failure, and returns what they print: no heading, `|` between columns.
  ///
  /// Roles other than `postgres` need their password.
  @discardableResult
  public func psql(
    _ statements: String, database: String = "postgres", user: String = "postgres",
    password: String = "", variables: [String: String] = [:]
  ) throws -> String {
    let folder = try TemporaryFolder()
    let script = try folder.write(Array(statements.utf8), to: "script.sql")
    return try PostgresServer.runTool(
      psqlArguments(database, user) + ["-f", script]
        + variables.sorted { $0.key < $1.key }.flatMap { ["-v", "\($0.key)=\($0.value)"] },
      environment: ["PGPASSWORD": password, "PGCLIENTENCODING": "UTF8"])
  }

  /// Runs a statement where a connection string of libpq leads.
  @discardableResult
  public static func psql(
    _ connection: String, password: String, _ statement: String
  ) throws -> String {
    try runTool(
      ["/usr/bin/psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement, connection],
      environment: ["PGPASSWORD": password, "PGCONNECT_TIMEOUT": "10"])
  }

  func psqlArguments(_ database: String, _ user: String) -> [String] {
    [
      "/usr/bin/psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-h", socket, "-p", "\(port)",
      "-U",
      user, "-d", database,
    ]
  }

  /// A session that stays open: it can hold a lock, a connection, an open ear.
  public func session(
    database: String = "postgres", user: String = "postgres", password: String = ""
  ) throws -> PostgresSession {
    try PostgresSession(
      psqlArguments(database, user), environment: ["PGPASSWORD": password])
  }

  /// The processes that serve a role.
  public func backends(of user: String, activeOnly: Bool = false) throws -> [Int32] {
    let condition = activeOnly ? " AND state = 'active'" : ""
    let text = try psql(
      "SELECT pid FROM pg_stat_activity WHERE usename = '\(user)'\(condition) ORDER BY 1")
    return text.split(separator: "\n").compactMap { Int32($0) }
  }

  /// A sum over every row of every table, every sequence, object and right of a database: what a client could change.
  ///
  /// Those of the whole server, roles and settings, count if asked for: other tests change them on the shared server.
  public func fingerprint(database: String, wholeServer: Bool = false) throws -> String {
    let global = """
      SELECT md5(string_agg(r::text, chr(10) ORDER BY r.oid)) FROM (SELECT oid, rolname, rolsuper, rolcreaterole,
        rolcreatedb, rolcanlogin, rolconnlimit, rolpassword FROM pg_authid) r;
      SELECT md5(coalesce(string_agg(s::text, chr(10) ORDER BY s::text), '')) FROM pg_db_role_setting s;
      SELECT md5(string_agg(d::text, chr(10) ORDER BY d.oid)) FROM (SELECT oid, datname, datacl FROM pg_database) d;
      SELECT md5(pg_read_file('postgresql.auto.conf'));
      """
    return try psql(
      """
      SELECT CASE relkind
          WHEN 'S' THEN format('SELECT %L, last_value, is_called FROM %s', oid::regclass, oid::regclass)
          ELSE format('SELECT %L, count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM %s t',
            oid::regclass, oid::regclass)
        END
      FROM pg_class
      WHERE relkind IN ('r', 'S', 'm') AND relnamespace NOT IN (SELECT oid FROM pg_namespace
        WHERE nspname ~ '^pg_' OR nspname = 'information_schema')
      ORDER BY relnamespace::regnamespace::text, relname
      \\gexec
      SELECT md5(string_agg(c::text, chr(10) ORDER BY c.oid)) FROM (SELECT oid, relname, relnamespace, relkind, relowner,
        relacl, relrowsecurity FROM pg_class WHERE relnamespace NOT IN ('pg_toast'::regnamespace)) c;
      SELECT md5(string_agg(p::text, chr(10) ORDER BY p.oid)) FROM (SELECT oid, proname, proowner, proacl FROM pg_proc) p;
      SELECT count(*), md5(coalesce(string_agg(data::text, '' ORDER BY loid, pageno), '')) FROM pg_largeobject;
      SELECT count(*) FROM pg_extension;
      \(wholeServer ? global : "")
      """, database: database)
  }
}

/// A psql that waits for more.
public final class PostgresSession: Sendable {
  private let process: ChildProcess
  private let folder: TemporaryFolder
  private let count = Mutex(0)

  init(_ arguments: [String], environment: [String: String]) throws {
    folder = try TemporaryFolder()
    process = try ChildProcess(
      arguments, environment: environment, output: folder.file("out"), errors: folder.file("out"),
      takesInput: true)
  }

  deinit { process.signal(SIGKILL) }

  /// Everything printed so far, complaints included.
  public var output: String {
    String(decoding: (try? folder.read("out")) ?? [], as: UTF8.self)
  }

  /// Runs statements and waits until they are done.
  public func run(_ statements: String) throws {
    let mark = count.withLock { count in
      count += 1
      return "done-\(count)-\(process.identifier)"
    }
    try process.send(statements + "\n\\echo \(mark)\n")
    try process.wait("the session ended or hangs:\n" + output) { output.contains(mark) }
  }

  /// Ends the session and waits until it is gone.
  public func close() throws {
    try process.send("\\q\n")
    try process.wait()
  }
}
