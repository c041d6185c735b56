import Foundation
import Synchronization

/// A real Postgres that lives for the tests: a Unix socket, a port on loopback, no disk syncs.
///
/// The role `postgres` is a superuser and needs no password on the socket; every other login needs one.
public final class PostgresServer: Sendable {
  public enum StopMode: Int32, Sendable {
    /// Waits for the clients.
    case smart = 15
    /// Ends the sessions first (57P01).
    case fast = 2
    /// As a crash: no farewell, recovery at the next start.
    case immediate = 3
  }

  /// Where the newest Postgres of the system is.
  static let binaries: String = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return "\(root)/\(versions.compactMap { Int($0) }.max() ?? 15)/bin"
  }()
  private static let first = Mutex<PostgresServer?>(nil)
  private static let template = Mutex<String?>(nil)

  /// The server for tests that need no more than databases and roles of their own.
  public static func shared() throws -> PostgresServer {
    try first.withLock { server in
      let shared = try server ?? PostgresServer()
      server = shared
      return shared
    }
  }

  public let folder: String
  public let port: UInt16
  private let postmaster = Mutex<ChildProcess?>(nil)

  /// The folder of the socket.
  public var socket: String { folder }
  var data: String { folder + "/data" }
  public var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

  /// A server of its own, started, with further lines in its postgresql.conf.
  public init(_ settings: String...) throws {
    folder = try Sandbox.folder("pg")
    port = try LoopbackProxy.freePort()
    try Sandbox.handOver(folder)
    let template = try PostgresServer.template.withLock { template in
      let made = try template ?? PostgresServer.makeTemplate()
      template = made
      return made
    }
    try PostgresServer.runTool(["/bin/cp", "-a", template, folder + "/data"])
    let configuration =
      settings + [
        "port = \(port)", "listen_addresses = '127.0.0.1'",
        "unix_socket_directories = '\(folder)'",
      ]
    try append(configuration.joined(separator: "\n") + "\n", to: "postgresql.conf")
    try start()
  }

  /// Adds lines to a file of the server's data; ``reload()`` or a start makes them hold.
  public func append(_ text: String, to file: String) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(data)/\(file)"))
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
  }

  /// Starts the server, and waits until it lets clients in unless told otherwise.
  public func start(waits: Bool = true) throws {
    let server = try ChildProcess(
      Sandbox.asServer(["\(PostgresServer.binaries)/postgres", "-D", data]),
      environment: ["LC_ALL": "C.UTF-8"], output: folder + "/log", errors: folder + "/log")
    Sandbox.watch(server)
    postmaster.withLock { $0 = server }
    guard waits else { return }
    try server.wait("the server does not start:\n" + log) { isReady }
  }

  /// Ends the server and waits until it is gone.
  public func stop(_ mode: StopMode = .fast) throws {
    let server = postmaster.withLock { server in
      defer { server = nil }
      return server
    }
    server?.signal(mode.rawValue)
    try server?.wait()
  }

  /// Stops the process that accepts connections: they wait, unanswered.
  public func freeze() { postmaster.withLock { $0?.signal(SIGSTOP) } }
  public func thaw() { postmaster.withLock { $0?.signal(SIGCONT) } }
  public func reload() { postmaster.withLock { $0?.signal(SIGHUP) } }

  /// Whether the server has written that it is ready, into the eighth line of its own file.
  private var isReady: Bool {
    let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8)
    let lines = text?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
    return lines.count > 7 && lines[7].hasPrefix("ready")
  }

  /// A fresh cluster to copy: making one takes over a second, copying it a tenth of one.
  private static func makeTemplate() throws -> String {
    let folder = try Sandbox.folder("template")
    try Sandbox.handOver(folder)
    let data = folder + "/data"
    try runTool(
      Sandbox.asServer([
        binaries + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E",
        "UTF8",
        "--locale=C.UTF-8", "--no-instructions",
      ]))
    let settings = """

      fsync = off
      full_page_writes = off
      wal_level = minimal
      max_wal_senders = 0
      shared_buffers = 32MB
      max_connections = 200
      autovacuum = off
      jit = off
      timezone = 'UTC'
      lc_messages = 'C'

      """
    let access = """
      local all postgres trust
      local all all scram-sha-256
      host all all 127.0.0.1/32 scram-sha-256

      """
    let conf = URL(fileURLWithPath: data + "/postgresql.conf")
    let kept = try String(contentsOf: conf, encoding: .utf8)
    try Data((kept + settings).utf8).write(to: conf)
    try Data(access.utf8).write(to: URL(fileURLWithPath: data + "/pg_hba.conf"))
    for file in ["postgresql.conf", "pg_hba.conf"] { try Sandbox.handOver("\(data)/\(file)") }
    return data
  }

  /// Runs a tool that must succeed, and returns what it printed.
  @discardableResult
  public static func runTool(
    _ arguments: [String], environment: [String: String] = [:], in folder: String = "/"
  ) throws -> String {
    let output = try TemporaryFolder()
    let tool = try ChildProcess(
      arguments, environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }, in: folder,
      output: output.file("out"), errors: output.file("errors"))
    let status = try tool.wait()
    func text(_ name: String) throws -> String {
      String(decoding: try output.read(name), as: UTF8.self)
    }
    guard status == 0 else {
      throw ChildProcess.Failure("\(arguments): \(status)\n\(try text("errors"))")
    }
    return try text("out")
  }
}
