import Glibc
import Model

/// The tries of one run: one connection at a time, retries, the breaker, the time that is left.
struct PostgresSession {
  let access: DatabaseAccess
  private(set) var health: SourceHealth
  private(set) var notes: [SourceNote] = []
  private(set) var place: DatabaseFault.Place?
  private var options: ConnectionOptions?
  private var connection: PostgresConnection?
  /// The wall clock when the session began, and the monotonic one.
  private let now: Instant
  private let began = Deadline.now
  private let end: Deadline
  private let wait: (Duration) -> Void

  /// What became of something asked.
  enum Outcome<Value> {
    case done(Value)
    /// Only with half of the time there is a chance.
    case tooMuch(DatabaseFault, IngestError.Position?)
    case failed(DatabaseFault, IngestError.Position?)
    /// Whatever else would be asked would fail, too.
    case ended(DatabaseFault)
  }

  init(
    _ access: DatabaseAccess, health: SourceHealth, now: Instant,
    wait: @escaping (Duration) -> Void = PostgresSession.sleep
  ) {
    self.access = access
    self.health = health
    self.now = now
    self.wait = wait
    end = began + access.limits.source
  }

  private var wallClock: Instant { now + began.elapsed }

  /// The failure when nothing may be asked now.
  func refusal() -> DatabaseFault? {
    switch health.permission(at: wallClock) {
    case .free, .once: nil
    case .broken(let until), .throttled(let until): fault(.paused(until: until), 0, .now)
    }
  }

  private func fault(_ reason: DatabaseFault.Reason, _ tries: Int, _ since: Deadline)
    -> DatabaseFault
  {
    DatabaseFault(place: place, reason: reason, tries: tries, elapsed: since.elapsed)
  }

  /// Asks until there is an answer, or no more sense in asking.
  mutating func attempt<Value>(
    tries most: Int = Backoff.tries,
    _ body: (PostgresConnection, Patience) throws(PostgresFault) -> Value
  ) -> Outcome<Value> {
    let since = Deadline.now
    var tries = 0
    while true {
      tries += 1
      do throws(PostgresFault) {
        let value = try once(body)
        health.succeeded()
        return .done(value)
      } catch {
        let wasConnected = connection != nil
        if connection?.isUseless ?? true { connection = nil }
        switch error.recovery {
        case .giveUpSource: return .ended(fault(error.reason, tries, since))
        case .giveUp where wasConnected, .halve where wasConnected:
          let fault = fault(error.reason, tries, since)
          return error.recovery == .halve
            ? .tooMuch(fault, error.position) : .failed(fault, error.position)
        // Nothing that a login is refused for depends on what would be asked.
        case .giveUp, .halve: return .ended(fault(error.reason, tries, since))
        case .throttle: return .ended(fault(throttled(by: error.reason), tries, since))
        case .again where wasConnected:
          guard pause(after: tries, most) else {
            return .failed(fault(error.reason, tries, since), error.position)
          }
        case .again, .reconnect:
          health.failed(at: wallClock)
          guard refusal() == nil, pause(after: tries, most) else {
            return .ended(fault(error.reason, tries, since))
          }
        }
      }
    }
  }

  /// Counts the sign that the server has too much to do.
  private mutating func throttled(by reason: DatabaseFault.Reason) -> DatabaseFault.Reason {
    health.throttled(at: wallClock, chance: .random(in: -1...1))
    guard case .server(let code, _) = reason, let until = health.notBefore else { return reason }
    return .overloaded(code: code, notBefore: until)
  }

  /// Waits before the next try; false when there is none.
  private func pause(after tries: Int, _ most: Int) -> Bool {
    let delay = Backoff.transient.delay(after: tries, chance: 0)
    guard tries < most, delay < end.remaining else { return false }
    wait(delay)
    return true
  }

  private mutating func once<Value>(
    _ body: (PostgresConnection, Patience) throws(PostgresFault) -> Value
  ) throws(PostgresFault) -> Value {
    let patience = Patience(
      silence: access.limits.read + .seconds(1), total: access.limits.total,
      end: .after(access.limits.total), source: access.limits.source, sourceEnd: end)
    guard end.remaining > .zero else { throw PostgresFault(.outOfTime(limit: patience.source)) }
    let connection = try connected(patience)
    do throws(PostgresFault) {
      let value = try body(connection, patience)
      note(connection)
      if connection.isUseless { self.connection = nil }
      return value
    } catch {
      note(connection)
      throw error
    }
  }

  private mutating func connected(_ patience: Patience) throws(PostgresFault) -> PostgresConnection
  {
    if let connection { return connection }
    let options: ConnectionOptions
    if let read = self.options {
      options = read
    } else {
      options = try ConnectionOptions(access.connection)
    }
    self.options = options
    place = options.place
    let limit = min(access.limits.connect, end.remaining)
    let opened = try PostgresConnection(options, limit: limit)
    connection = opened
    if !options.isLocal, options.mode != "verify-full" { add(.unverified(mode: options.mode)) }
    return opened
  }

  private mutating func note(_ connection: PostgresConnection) {
    guard access.allowsWritableRole, let facts = connection.roleFacts, !facts.isEmpty else {
      return
    }
    add(.writableRole(facts))
  }

  private mutating func add(_ note: SourceNote) {
    if !notes.contains(note) { notes.append(note) }
  }

  private static func sleep(_ length: Duration) {
    let (seconds, attoseconds) = length.components
    var asked = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    var left = timespec()
    // A signal that ends nothing does not end the wait either.
    while nanosleep(&asked, &left) != 0, errno == EINTR { asked = left }
  }
}
