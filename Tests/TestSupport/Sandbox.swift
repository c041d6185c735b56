import Foundation
import Synchronization

/// The folder for what all tests of this process share, and the servers that go when it ends.
///
/// What a killed test process left behind, folders and servers, is cleared by the next one.
public enum Sandbox {
  private static let prefix = "sloreport-servers-"
  private static let state = Mutex<(folder: String?, servers: [ChildProcess], count: Int)>(
    (nil, [], 0))

  /// A new folder, which goes when the process ends; its path is short enough for a socket in it.
  public static func folder(_ name: String) throws -> String {
    let (base, number) = try state.withLock { state in
      let base = try state.folder ?? open()
      state.folder = base
      state.count += 1
      return (base, state.count)
    }
    let path = "\(base)/\(name)\(number)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Promises that the process ends with the tests.
  static func watch(_ server: ChildProcess) {
    state.withLock { $0.servers.append(server) }
  }

  /// The arguments that start a server: such programs refuse to run as root.
  static func asServer(_ arguments: [String]) -> [String] {
    guard getuid() == 0 else { return arguments }
    return ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
      + arguments
  }

  /// Gives a folder to the user that servers run as.
  static func handOver(_ path: String) throws {
    guard getuid() == 0 else { return }
    guard let user = getpwnam("postgres"),
      chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0
    else { throw ChildProcess.Failure("cannot give \(path) to the user postgres") }
  }

  private static func open() throws -> String {
    clearLeftovers()
    let base = "/tmp/\(prefix)\(getpid())"
    try FileManager.default.createDirectory(
      atPath: base, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    atexit { Sandbox.close() }
    return base
  }

  private static func close() {
    let (folder, servers) = state.withLock { ($0.folder, $0.servers) }
    for server in servers where server.isRunning { end(server.identifier) }
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// Ends a server and what it started, whether frozen or not.
  private static func end(_ server: pid_t) {
    for pid in children(of: server) + [server] { kill(pid, SIGCONT) }
    kill(server, SIGQUIT)
    for _ in 0..<1_000 where isAlive(server) { usleep(3_000) }
    for pid in children(of: server) + [server] { kill(pid, SIGKILL) }
  }

  private static func isAlive(_ pid: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
      return false
    }
    return !status.contains(") Z ")
  }

  static func children(of parent: pid_t) -> [pid_t] {
    let text = try? String(
      contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
    return text?.split(separator: " ").compactMap { pid_t($0) } ?? []
  }

  private static func clearLeftovers() {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
    for name in all where name.hasPrefix(prefix) {
      guard let owner = pid_t(name.dropFirst(prefix.count)), !isAlive(owner) else { continue }
      let base = "/tmp/\(name)"
      for folder in (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? [] {
        endServer(of: "\(base)/\(folder)")
      }
      try? FileManager.default.removeItem(atPath: base)
    }
  }

  /// Ends the server whose folder this is, if a process with the number it wrote down works on that folder.
  private static func endServer(of folder: String) {
    for file in ["data/postmaster.pid", "pgbouncer.pid", "prometheus.pid"] {
      guard let text = try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8),
        let pid = text.split(separator: "\n").first.flatMap({ pid_t($0) }),
        let command = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8),
        command.contains(folder)
      else { continue }
      end(pid)
    }
  }
}
