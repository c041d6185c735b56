import Foundation

/// A PgBouncer in transaction mode: clients share one connection to each database and role.
public final class PgBouncer: Sendable {
  public let port: UInt16
  private let process: ChildProcess
  private let folder: String

  public var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

  /// Starts one before a server, for the roles whose passwords it is told.
  public init(to server: PostgresServer, passwords: [String: String]) throws {
    folder = try Sandbox.folder("bouncer")
    port = try LoopbackProxy.freePort()
    let users = passwords.map { "\"\($0.key)\" \"\($0.value)\"\n" }.joined()
    try Data(users.utf8).write(to: URL(fileURLWithPath: folder + "/users"))
    let settings = """
      [databases]
      * = host=\(server.socket) port=\(server.port)
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = \(port)
      unix_socket_dir =
      auth_type = scram-sha-256
      auth_file = \(folder)/users
      pool_mode = transaction
      default_pool_size = 1
      logfile = \(folder)/log
      pidfile = \(folder)/pgbouncer.pid

      """
    let file = folder + "/pgbouncer.ini"
    try Data(settings.utf8).write(to: URL(fileURLWithPath: file))
    for path in [folder, file, folder + "/users"] { try Sandbox.handOver(path) }
    process = try ChildProcess(
      Sandbox.asServer(["/usr/sbin/pgbouncer", file]), output: folder + "/out",
      errors: folder + "/out")
    Sandbox.watch(process)
    try process.wait("PgBouncer does not start:\n" + log) { log.contains("process up") }
  }

  deinit { process.signal(SIGINT) }
}
