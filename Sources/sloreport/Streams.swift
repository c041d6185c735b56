import Glibc
import Model
import Reports

/// Standard output for the result, standard error for the rest.
enum Streams {
  /// Opens closed descriptors on the null device, so that no file of ours becomes standard output; a broken pipe or a
  /// full quota becomes an error instead of a death.
  static func prepare() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDWR)
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// What the environment says about the character set.
  static var isUTF8: Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let text = getenv(name), text[0] != 0 else { continue }
      let value = String(cString: text).lowercased()
      return value.contains("utf-8") || value.contains("utf8")
    }
    return true
  }

  /// The width of the terminal that results go to; `nil` where they go elsewhere.
  static var columns: Int? {
    var size = winsize()
    guard isTerminal(STDOUT_FILENO), ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Prints a result; false when it could not be written.
  ///
  /// A reader that went away has seen enough.
  @discardableResult
  static func print(_ text: String) -> Bool { write(text, to: STDOUT_FILENO) || errno == EPIPE }

  /// Prints a result, or fails with these words.
  static func print(_ text: String, orFail words: String) throws(Failure) {
    guard print(text) else { throw Failure(.inputOutput, words) }
  }

  /// One line to standard error.
  static func report(_ line: String) {
    write("sloreport: \(Wording.plain(Escape.cleaned(line)))\n", to: STDERR_FILENO)
  }

  /// What could not be read, a line each, to standard error.
  static func report(_ failures: [ReportFacts.Failure]) {
    for failure in failures { report("source \(failure.source): \(failure.reason)") }
  }

  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
        if count < 0, errno != EINTR { return false }
        offset += max(0, count)
      }
      return true
    }
  }

  /// Shows what is being done, on a terminal only; the next line overwrites it.
  static func progress(_ text: String) {
    guard isTerminal(STDERR_FILENO) else { return }
    write("\r\u{1B}[K\(Wording.plain(Escape.cleaned(text)))", to: STDERR_FILENO)
  }

  static func endProgress() {
    if isTerminal(STDERR_FILENO) { write("\r\u{1B}[K", to: STDERR_FILENO) }
  }
}
