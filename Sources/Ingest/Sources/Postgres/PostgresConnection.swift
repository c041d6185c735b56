import CPostgres
import Model

/// One open connection, and the only owner of its handle.
///
/// Statements are queued in groups; their results are taken in order. Nothing waits longer than a ``Patience`` allows.
final class PostgresConnection {
  let options: ConnectionOptions
  /// What the role could do that it must not; `nil` until it was looked at.
  var roleFacts: [RoleFact]?
  private let handle: OpaquePointer
  /// Groups whose end was not seen yet.
  private(set) var openGroups = 0
  /// Whether the line is to be cut rather than closed.
  private var isBroken = false

  /// Connects: name lookup, encryption and login together within `limit`.
  init(_ options: ConnectionOptions, limit: Duration) throws(PostgresFault) {
    var failure = slr_connect_failure()
    let opened = ConnectionOptions.withTexts(options.pairs) {
      slr_connect($0, $1, limit.nanoseconds, &failure)
    }
    guard let opened else {
      throw PostgresFault(failure, limit: limit, passwordFile: options.unsafePasswordFile)
    }
    self.options = options
    handle = opened
  }

  deinit {
    if isBroken { slr_connection_drop(handle) } else { slr_connection_close(handle) }
  }

  var isEncrypted: Bool { slr_connection_is_encrypted(handle) }

  /// How texts are to come: as UTF-8, but untouched from a database that does not know what they are, and that would
  /// fail over those that are none.
  var encoding: String { slr_connection_is_untyped(handle) ? "SQL_ASCII" : "UTF8" }

  var serverVersion: String {
    slr_connection_server_version_text(handle).map { String(cString: $0) } ?? ""
  }

  // MARK: Sending

  /// A bound value with its type.
  enum Parameter {
    case text(String)
    case timestamp(Instant)
    case interval(Duration)
  }

  /// Queues a statement; its rows come in binary.
  func send(_ statement: String, _ parameters: [Parameter] = []) throws(PostgresFault) {
    var (types, formats, lengths): ([UInt32], [Int32], [Int32]) = ([], [], [])
    var values: [[CChar]] = []
    for parameter in parameters {
      let bytes = parameter.bytes
      types.append(parameter.type)
      formats.append(parameter.isBinary ? 1 : 0)
      lengths.append(Int32(bytes.count))
      values.append(bytes.map { CChar(bitPattern: $0) } + [0])
    }
    let pointers = values.map { value in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: value.count)
      copy.initialize(from: value, count: value.count)
      return copy
    }
    defer { for pointer in pointers { pointer.deallocate() } }
    let isSent = slr_connection_send(
      handle, statement, Int32(parameters.count), types, pointers.map { UnsafePointer($0) },
      lengths, formats)
    guard isSent else { throw cut() }
  }

  /// Ends a group: when a statement of it fails, those after it are not run.
  func endGroup() throws(PostgresFault) {
    guard slr_connection_send_sync(handle) else { throw cut() }
    openGroups += 1
  }

  private func cut() -> PostgresFault {
    isBroken = true
    return PostgresFault(.lost)
  }

  // MARK: Taking

  /// The next result; `nil` at the end of a statement.
  func next(_ patience: Patience) throws(PostgresFault) -> PostgresResult? {
    switch slr_connection_wait(
      handle, patience.silence.nanoseconds, patience.deadline.point)
    {
    case SLR_WAIT_READY: break
    case SLR_WAIT_SILENT:
      isBroken = true
      throw PostgresFault(.silent(limit: patience.silence))
    default:
      isBroken = true
      throw PostgresFault(patience.reason)
    }
    guard let result = slr_connection_result(handle) else {
      if slr_connection_is_lost(handle) { throw cut() }
      return nil
    }
    let taken = PostgresResult(result)
    if taken.kind == SLR_RESULT_SYNC { openGroups -= 1 }
    if taken.kind == SLR_RESULT_FAILED, taken.code.isEmpty { throw cut() }
    return taken
  }

  /// Takes the results of a statement that gives at most one, and fails when it failed.
  ///
  /// - Parameters:
  ///   - patience: how long to wait.
  ///   - limit: the server's for a statement.
  ///   - text: where the statement comes from, so that a fault has its place there.
  /// - Returns: the last result.
  /// - Throws: ``PostgresFault``.
  @discardableResult
  func finish(
    _ patience: Patience, limit: Duration, text: SQLText? = nil
  ) throws(PostgresFault) -> PostgresResult? {
    var last: PostgresResult?
    while let result = try next(patience) {
      try PostgresConnection.check(result, limit: limit, text: text)
      last = consume result
    }
    return last
  }

  /// Fails when the result says that its statement failed.
  static func check(
    _ result: borrowing PostgresResult, limit: Duration, text: SQLText? = nil
  ) throws(PostgresFault) {
    switch result.kind {
    case SLR_RESULT_FAILED:
      var fault = PostgresFault(code: result.code, message: result.message, limit: limit)
      if let text, let character = result.position {
        fault.position = text.position(ofCharacter: character - SQLText.declaration.count)
      }
      throw fault
    // A statement before it failed, which was reported.
    case SLR_RESULT_SKIPPED: throw PostgresFault(.server(code: "25P02", message: nil))
    default: break
    }
  }

  /// Takes the end of a group.
  func finishGroup(_ patience: Patience) throws(PostgresFault) {
    let open = openGroups
    while openGroups == open { _ = try next(patience) }
  }

  /// Ends the transaction, whatever became of it; cuts the line when that is not done in short time.
  func rollBack() {
    let soon = Deadline.after(.seconds(2))
    let patience = Patience(
      silence: .seconds(2), total: .seconds(2), end: soon, source: .seconds(2), sourceEnd: soon)
    do throws(PostgresFault) {
      guard !isBroken else { return }
      try send("ROLLBACK")
      try endGroup()
      while openGroups > 0 { _ = try next(patience) }
    } catch {
      // The server rolls back by itself when the line is gone.
      isBroken = true
    }
  }

  /// Asks the server to stop what it does, and cuts the line.
  func abandon() {
    // That it cannot be asked changes nothing: the line is cut all the same.
    _ = slr_connection_cancel(handle, Duration.seconds(2).nanoseconds)
    isBroken = true
  }

  /// Whether nothing more can be asked.
  var isUseless: Bool { isBroken || slr_connection_is_lost(handle) }
}

extension PostgresConnection.Parameter {
  fileprivate var type: UInt32 {
    switch self {
    case .text: 25
    case .timestamp: 1184
    case .interval: 1186
    }
  }

  fileprivate var isBinary: Bool {
    switch self {
    case .text: false
    case .timestamp, .interval: true
    }
  }

  fileprivate var bytes: [UInt8] {
    switch self {
    case .text(let text): Array(text.utf8)
    case .timestamp(let instant):
      PostgresTime.microseconds(instant).bigEndianBytes
    case .interval(let length):
      // Microseconds, then days and months, which have no fixed length.
      (length.nanoseconds / 1000).bigEndianBytes + [UInt8](repeating: 0, count: 8)
    }
  }
}

extension Int64 {
  fileprivate var bigEndianBytes: [UInt8] { Swift.withUnsafeBytes(of: bigEndian) { Array($0) } }
}

/// The server's times: microseconds from 2000 on, UTC.
enum PostgresTime {
  private static let epoch: Int64 = 946_684_800_000_000

  /// Rounded up, so that half-open spans keep their ends apart.
  static func microseconds(_ instant: Instant) -> Int64 {
    -(-instant.nanoseconds).dividedDown(by: 1000) - epoch
  }

  /// Microseconds since 1970, those of infinity at an end of the range.
  static func sinceUnix(_ microseconds: Int64) -> Int64 {
    microseconds == .min ? .min : microseconds.addingClamped(epoch)
  }

  /// Nanoseconds since 1970; `nil` when infinite or out of the years that instants cover.
  static func nanoseconds(_ microseconds: Int64) -> Int64? {
    let (sum, isOver) = microseconds.addingReportingOverflow(epoch)
    let (product, isOut) = sum.multipliedReportingOverflow(by: 1000)
    return isOver || isOut ? nil : product
  }
}
