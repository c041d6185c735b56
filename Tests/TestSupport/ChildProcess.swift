import Foundation
import Glibc
import Synchronization

/// A process that can be signalled, asked and waited for; its output goes to a file.
///
/// A thread of its own waits for it: one that nobody waits for any more would keep the test runner busy, which looks
/// for the ends of its own children among all.
public final class ChildProcess: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
  }

  public let identifier: Int32
  /// Where one can write to the process; -1 when its standard input is the null device.
  private let input: Int32
  private let ending: Ending

  private final class Ending: Sendable {
    /// The exit code, or minus the signal; `nil` while the process runs.
    let status = Mutex<Int32?>(nil)
  }

  /// Starts a program by its path, without the environment of this process.
  ///
  /// The files for its output are created, or appended to; ``send(_:)`` needs `takesInput`.
  public init(
    _ arguments: [String], environment: [String: String] = [:], in folder: String = "/",
    output: String = "/dev/null", errors: String = "/dev/null", takesInput: Bool = false
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var ends: [Int32] = [-1, -1]
    if takesInput {
      guard pipe(&ends) == 0 else { throw Failure("pipe: errno \(errno)") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    let flags = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o644)
    // A server that outlives its test must not hold what the test runner has open, locks among them.
    for descriptor in Int32(3)..<1_024 { posix_spawn_file_actions_addclose(&actions, descriptor) }

    let arguments = ["/usr/bin/env", "--chdir=\(folder)"] + arguments
    var cArguments: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var cEnvironment: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in cArguments + cEnvironment { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, arguments[0], &actions, nil, &cArguments, &cEnvironment)
    if takesInput { close(ends[0]) }
    guard code == 0 else {
      if takesInput { close(ends[1]) }
      throw Failure("\(arguments[0]): errno \(code)")
    }
    identifier = pid
    input = ends[1]
    let ending = Ending()
    self.ending = ending
    Thread.detachNewThread { [pid] in
      var facts = siginfo_t()
      while waitid(P_PID, id_t(pid), &facts, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      ending.status.withLock {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        $0 = signal == 0 ? (status >> 8) & 0xFF : -signal
      }
    }
  }

  deinit { if input >= 0 { close(input) } }

  /// Writes to the standard input of the process.
  public func send(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard write(input, bytes, bytes.count) == bytes.count else {
      throw Failure("the process \(identifier) takes no input: errno \(errno)")
    }
  }

  public func signal(_ signal: Int32) {
    ending.status.withLock { if $0 == nil { kill(identifier, signal) } }
  }

  public var isRunning: Bool { ended() == nil }

  /// The exit code, or minus the signal that ended it; `nil` while it runs.
  public func ended() -> Int32? { ending.status.withLock { $0 } }

  /// Waits for the end and returns the exit code, or minus the signal; a process that takes longer is killed.
  @discardableResult
  public func wait(atMost limit: Duration = HangLimit.length) throws -> Int32 {
    var status: Int32?
    try wait("the process \(identifier) did not end", atMost: limit) {
      status = ended()
      return status != nil
    }
    return status ?? -SIGKILL
  }

  /// Waits until something is so; where it is not in time, or the process ends without it, the process is killed.
  func wait(
    _ failure: @autoclosure () -> String, atMost limit: Duration = HangLimit.length,
    until isSo: () -> Bool
  ) throws {
    let deadline = ContinuousClock.now + limit
    while !isSo() {
      guard isRunning, ContinuousClock.now < deadline else {
        if isSo() { return }
        signal(SIGKILL)
        while isRunning { usleep(3_000) }
        throw Failure(failure())
      }
      usleep(3_000)
    }
  }
}
