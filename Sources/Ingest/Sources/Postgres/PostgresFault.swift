import CPostgres
import Model

/// A failure of one try, before its source and query are known; here codes and libpq's words get their meaning.
struct PostgresFault: Error, Hashable {
  let reason: DatabaseFault.Reason
  /// The place in the file of the query.
  var position: IngestError.Position?

  init(_ reason: DatabaseFault.Reason, at position: IngestError.Position? = nil) {
    self.reason = reason
    self.position = position
  }

  /// What to do after it.
  enum Recovery: Hashable {
    /// Connect and try again; it counts against the breaker.
    case reconnect
    /// Try again; the server works, so that the breaker does not count it.
    case again
    /// No further try in this run, and the next not before some time.
    case throttle
    /// Ask for half of the time.
    case halve
    /// Nothing helps; the other queries may fare better.
    case giveUp
    /// Nothing helps, whatever the query.
    case giveUpSource
  }

  var recovery: Recovery {
    switch reason {
    case .refused, .noSocket, .unknownHost, .noRoute, .hung, .lost, .silent: .reconnect
    case .overloaded: .throttle
    case .locked: .again
    case .statementTimeout, .late, .tooManyCells: .halve
    case .library, .noThread, .connectionString, .connectionOptions, .encryption, .loginRefused,
      .noPassword,
      .unsafePasswordFile, .paused, .outOfTime, .writableRole:
      .giveUpSource
    case .unknownParameter, .notText, .missingColumns, .repeatedColumn, .columnType,
      .timeWithoutZone, .labelTooLong, .tooManySeries, .tooManyIncidents:
      .giveUp
    case .server(let code, _):
      switch code {
      case "53300", "53400", "57P03": .throttle
      case "57P01", "57P02": .reconnect
      case "40001", "40P01": .again
      case "3D000": .giveUpSource
      default:
        switch code.prefix(2) {
        case "08": .reconnect
        case "53": .again
        default: .giveUp
        }
      }
    }
  }

  // MARK: Connecting

  /// The meaning of a connection that failed.
  ///
  /// - Parameters:
  ///   - failure: what libpq left; its words are English, since the program sets no locale.
  ///   - limit: the time it had.
  ///   - passwordFile: a password file that was not used because others may read it.
  init(_ failure: borrowing slr_connect_failure, limit: Duration, passwordFile: String?) {
    if failure.hung {
      self.init(.hung(DatabaseFault.Stage(failure.stage), limit: limit))
      return
    }
    if failure.threadless {
      self.init(.noThread)
      return
    }
    let text = withUnsafePointer(to: failure) { String(cString: slr_connect_failure_text($0)) }
    self.init(PostgresFault.meaning(of: text, passwordFile: passwordFile))
  }

  static func meaning(of text: String, passwordFile: String?) -> DatabaseFault.Reason {
    let text = text.trimmed
    // Of several addresses the last one is reported; one that answered says more than one that did not.
    for line in text.split(separator: "\n").reversed() {
      if let code = code(endingLine: line) { return login(code: code) }
    }
    func says(_ words: String) -> Bool { text.contains(words) }
    if says("no password supplied") {
      return passwordFile.map { .unsafePasswordFile($0) } ?? .noPassword
    }
    if says("does not support SSL") { return .encryption(.notOffered) }
    if says("certificate verify failed") { return .encryption(.certificate) }
    if says("does not match host name") { return .encryption(.hostName) }
    if says("root certificate file") { return .encryption(.noAuthorities) }
    if says("could not translate host name") { return .unknownHost }
    if says("server closed the connection") || says("reset by peer") || says("Broken pipe") {
      return .lost
    }
    if says("SSL") || says("certificate") { return .encryption(.other) }
    if says("Connection refused") { return .refused }
    if says("No such file or directory") { return .noSocket }
    if says("No route to host") || says("unreachable") || says("Permission denied")
      || says("timed out") || says("timeout")
    {
      return .noRoute
    }
    return .lost
  }

  /// The SQLSTATE after "FATAL:  ", the only part of the server's text that is used.
  private static func code(endingLine line: Substring) -> String? {
    let code = line.utf8.suffix(5)
    guard code.count == 5, code.allSatisfy({ $0.isDigit || $0 &- UInt8(ascii: "A") < 26 }),
      line.dropLast(5).hasSuffix(":  ")
    else { return nil }
    return String(Substring(code))
  }

  private static func login(code: String) -> DatabaseFault.Reason {
    code.hasPrefix("28") ? .loginRefused(code: code) : .server(code: code, message: nil)
  }

  // MARK: Statements

  /// The meaning of a statement that failed; `limit` is that of a statement.
  init(code: String, message: String, limit: Duration) {
    switch code {
    case "": self.init(.lost)
    case "57014": self.init(.statementTimeout(limit: limit))
    case "55P03": self.init(.locked)
    default:
      // The words of other classes may quote rows.
      let namesOnly = ["42", "3D", "3F"].contains(code.prefix(2))
      self.init(.server(code: code, message: namesOnly ? message : nil))
    }
  }
}

extension DatabaseFault.Stage {
  init(_ stage: slr_stage) {
    switch stage {
    case SLR_STAGE_LOOKUP: self = .lookup
    case SLR_STAGE_CONNECT: self = .connect
    case SLR_STAGE_GREETING: self = .greeting
    default: self = .login
    }
  }
}

extension String {
  /// Without line ends and blanks around.
  fileprivate var trimmed: String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
