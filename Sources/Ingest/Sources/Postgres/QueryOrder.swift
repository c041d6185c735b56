public import Model

/// One query to run over a span of time.
public struct QueryOrder: Hashable, Sendable {
  /// The name its rows are kept under; see ``Feed``.
  public let feed: String
  /// The file of the query, as the configuration names it.
  public let path: String
  /// What stands in that file.
  public let sql: String
  public let shape: RowShape
  public let window: Window
  /// The value of `:step`: the length of the buckets that are asked for.
  public let step: Duration
  /// For incidents: how their rows are read.
  public let mapping: IncidentMapping?
  /// For states: what their words mean.
  public let states: StateWords

  public init(
    feed: String, path: String, sql: String, shape: RowShape, window: Window,
    step: Duration = .minutes(1), mapping: IncidentMapping? = nil,
    states: StateWords = StateWords()
  ) {
    self.feed = feed
    self.path = path
    self.sql = sql
    self.shape = shape
    self.window = window
    self.step = step
    self.mapping = mapping
    self.states = states
  }
}

/// How far a query was answered.
public enum QueryProgress: Hashable, Sendable {
  case whole
  /// The rest of its window is still to be asked for.
  case until(Instant)
}

/// What became of a pull besides its batches.
public struct PostgresPull: Sendable {
  /// One for each query that failed, or one without a path when the source as a whole did.
  public let failures: [IngestError]
  /// What the next run must know.
  public let health: SourceHealth
  public let notes: [SourceNote]
}

/// What a database told of itself and of the queries it would run.
public struct DatabaseDescription: Hashable, Sendable {
  /// As the server spells it: "15.8 (Debian 15.8-0+deb12u1)".
  public let version: String
  public let place: DatabaseFault.Place
  public let isEncrypted: Bool
  /// On this machine, where nobody needs to prove who he is.
  public let isLocal: Bool
  /// Who answered has proved itself, or is on this machine.
  public let isVerified: Bool
  /// The mode of TLS in effect, as libpq names it.
  public let mode: String
  public let notes: [SourceNote]
  /// For each query, in order, what is wrong with it.
  public let faults: [IngestError?]
}

extension QueryOrder {
  /// Of `:from` and `:to` those that the query lacks; none where it cannot be read at all.
  public var missingBounds: [String] {
    do throws(PostgresFault) {
      let there = try SQLText(sql).parameters
      return [SQLText.Parameter.from, .to].filter { !there.contains($0) }.map { ":\($0.rawValue)" }
    } catch {
      return []
    }
  }

  /// How far the query was answered, as the history notes it in the mark of its file.
  ///
  /// - Parameter marks: those of the query's feed.
  /// - Returns: the end of what an order that was cut short was answered for, ``QueryProgress/whole`` for one that came
  ///   to its end; `nil` where this was never asked, or was asked in other words.
  public func progress(in marks: [FileMark]) -> QueryProgress? {
    marks.first { $0.path == path && $0.checksum == checksum }.map {
      $0.wanted == 0 ? .whole : .until(Instant(nanoseconds: $0.modified))
    }
  }

  func mark(answeredUntil end: Instant, isLast: Bool) -> FileMark {
    FileMark(
      path: path, bytes: Int64(sql.utf8.count), modified: end.nanoseconds, checksum: checksum,
      wanted: isLast ? 0 : 1)
  }

  /// That of what is asked, and of how its rows are read.
  private var checksum: UInt32 {
    var checksum = Checksum()
    var rules = mapping.map { "\(shape.rawValue) \(Checksum.of($0))" } ?? shape.rawValue
    if states != StateWords() { rules += " \(Checksum.of(TableForm(states: states)))" }
    for part in [SQLText.meaning(of: sql), Array(" \(rules)".utf8)] {
      part.withUnsafeBytes { checksum.add($0) }
    }
    return checksum.value
  }

  /// The window cut at midnights in UTC, for incidents as a whole.
  var slices: [Window] {
    guard shape != .incidents else { return [window] }
    var result: [Window] = []
    var start = window.start
    while start < window.end {
      let day = start.seconds.dividedDown(by: 86_400)
      let end = min(window.end, Instant(seconds: (day + 1) * 86_400))
      result.append(Window(start: start, end: end))
      start = end
    }
    return result
  }
}

extension Window {
  /// Both halves, cut at the full hour nearest to the middle; `nil` when it has none inside.
  var halves: (Window, Window)? {
    let hour: Int64 = 3_600_000_000_000
    let middle = start.nanoseconds + length.nanoseconds / 2
    let cut = Instant(nanoseconds: (middle + hour / 2).dividedDown(by: hour) * hour)
    guard start < cut, cut < end else { return nil }
    return (Window(start: start, end: cut), Window(start: cut, end: end))
  }
}
