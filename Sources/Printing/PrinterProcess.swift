import CSystem
import Glibc
import Model

/// The only program that this one starts.
///
/// It gets an environment of its own, no open file and a process group; when it has ended, failed to, or is no longer
/// wanted, it is killed with everything that it has started.
struct PrinterProcess {
  let program: String
  let folder: String
  let environment: [String]
  /// How long all of the work may take, and until when.
  let limit: Duration
  let end: BootTime

  /// Runs the program to its end, and returns the last of what it wrote to either output.
  ///
  /// This process must have no other children: all are killed.
  func run(_ arguments: [String]) throws(PrintError) -> LastBytes {
    let signals = slr_watch_begin()
    guard signals >= 0 else { throw .system(code: errno) }
    defer { slr_watch_end() }
    var pipes: [Int32] = [-1, -1]
    guard pipe(&pipes) == 0 else { throw .system(code: errno) }
    defer { close(pipes[0]) }
    _ = fcntl(pipes[0], F_SETFL, O_NONBLOCK)
    var process: pid_t = 0
    let code = spawn(arguments, output: pipes[1], &process)
    close(pipes[1])
    guard code == 0 else { throw .notStarted(program: program, code: code) }
    var said = LastBytes()
    let status = wait(for: process, signals: signals, output: pipes[0], &said)
    _ = slr_end_children(process)
    let signal = slr_watch_signal()
    guard signal == 0 else { throw .interrupted(signal: signal) }
    guard let status else { throw .late(program: program, limit: limit) }
    said.read(from: pipes[0])
    guard status == 0 else {
      throw .failed(program: program, status: status, said: said.lines)
    }
    return said
  }

  private func spawn(_ arguments: [String], output: Int32, _ process: inout pid_t) -> Int32 {
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    return slr_spawn(program, words, variables, folder, output, &process)
  }

  /// Waits for the end of the program, the end of its time or a signal, and reads what it says.
  ///
  /// - Returns: its exit code, or minus the signal; `nil` where it has not ended.
  private func wait(
    for process: pid_t, signals: Int32, output: Int32, _ said: inout LastBytes
  ) -> Int32? {
    var files = [signals, output].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while slr_watch_signal() == 0 {
      var status: Int32 = 0
      if slr_has_ended(process, &status) != 0 { return status }
      let left = end.remaining
      guard left > .zero else { return nil }
      let milliseconds = min(60_000, left.nanoseconds / 1_000_000 + 1)
      poll(&files, nfds_t(files.count), Int32(milliseconds))
      var news: [UInt8] = [0, 0, 0, 0]
      if files[0].revents != 0 { _ = read(signals, &news, news.count) }
      // A closed output is always ready: it is looked at no more.
      if files[1].revents != 0, !said.read(from: output) { files[1].fd = -1 }
    }
    return nil
  }
}

/// A time of the clock that counts from the start of the machine, also while it sleeps.
struct BootTime {
  private let point: Int64

  private static var now: Int64 {
    var now = timespec()
    clock_gettime(CLOCK_BOOTTIME, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }

  static func after(_ length: Duration) -> BootTime {
    BootTime(point: now.addingClamped(length.nanoseconds))
  }

  var remaining: Duration { .nanoseconds(point - BootTime.now) }
}

/// The end of a text of any length.
struct LastBytes {
  private var bytes: [UInt8] = []

  /// Reads all that is there; false at its end.
  @discardableResult
  mutating func read(from file: Int32) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    // What never stops talking must not keep its time from ending.
    for _ in 0..<16 {
      let count = Glibc.read(file, &buffer, buffer.count)
      guard count > 0 else { return count != 0 }
      bytes = (bytes + buffer[..<count]).suffix(4096)
    }
    return true
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The last lines that may say why something failed; Chromium always misses the message bus.
  var lines: [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
      .filter { !$0.contains("/dbus/") && !$0.contains(":dbus/") }.suffix(5)
      .map { $0.count > 200 ? "\($0.prefix(200))…" : $0 }
  }
}
