public import Model

/// What an indicator counts.
public enum CountedUnit: String, Codable, Hashable, Sendable {
  case events, checks, slices
  /// Time, in nanoseconds.
  case time
  /// Millionths of an event, where a counter holds fractions.
  case millionths
  /// Billionths of a slice, where slices count by their ratio.
  case billionths

  /// Amounts are shares of something, not whole things.
  public var isFraction: Bool {
    switch self {
    case .millionths, .billionths: true
    case .events, .checks, .slices, .time: false
    }
  }
}

/// An indicator applied to stored series: good and total minute by minute, and how much of it was seen.
public struct Measurement: Hashable, Sendable {
  public internal(set) var tally: Tally
  public internal(set) var unit: CountedUnit
  public let observation: Observation
  /// Readings and rows that could not be used, by minute; sorted.
  public internal(set) var rejects: [Reject]
  /// Restarts of counters: the minute of each; sorted.
  public internal(set) var resets: [Int64]
  /// Steps booked at the end of a gap: from the reading before it to the one after it.
  public internal(set) var stepsOverGaps: [Window]
  /// For latency.
  public let buckets: BucketFit?

  /// Time that was not measured is in the tally, as bad.
  public internal(set) var missingIsBad = false
  /// Series that began and ended.
  public var lives = SeriesLives()
  /// The minutes that an entry of the tally covers: those of a slice, else 1.
  public var grain: Int64 = 1
  /// Agreed time that does not count, in whole minutes; it is neither measured nor missing.
  public internal(set) var excluded = WindowSet()
  /// When history starts: time before it is neither measured nor missing; `nil` where that is not known.
  public var since: Instant?
  /// Time next to an edge of a window that shares its cells with the time on the other side: not measured, and no gap.
  public internal(set) var unresolved = WindowSet()

  public struct Reject: Hashable, Sendable {
    public let minute: Int64
    public let count: Int64
    /// The last minute that it may have to do with.
    public let through: Int64

    public init(minute: Int64, count: Int64, through: Int64? = nil) {
      self.minute = minute
      self.count = count
      self.through = through ?? minute
    }
  }

  public init(
    tally: Tally, unit: CountedUnit, observation: Observation, rejects: [Reject] = [],
    resets: [Int64] = [], stepsOverGaps: [Window] = [], buckets: BucketFit? = nil
  ) {
    self.tally = tally
    self.unit = unit
    self.observation = observation
    self.rejects = rejects
    self.resets = resets
    self.stepsOverGaps = stepsOverGaps
    self.buckets = buckets
  }

  /// How many readings or rows that have to do with a window were rejected.
  public func rejected(in window: Window) -> Int64 {
    let from = window.start.minuteUp
    let to = window.end.minuteUp
    return rejects.lazy.filter { from <= $0.through && $0.minute < to }.map(\.count).reduce(0, +)
  }

  /// How much time an entry of the tally stands for: a minute, a slice, or the buckets of rows.
  ///
  /// - Formula: the greatest common divisor of the entries' minutes, at most a day, where they are rows or slices; time
  ///   itself is counted by the minute.
  public var entryLength: Duration {
    guard unit != .time, tally.minutes.count > 1 else { return .minutes(max(1, grain)) }
    var divisor: Int64 = 1440
    for minute in tally.minutes {
      var (one, other) = (divisor, minute.magnitude)
      while other != 0 { (one, other) = (Int64(other), UInt64(one) % other) }
      divisor = one
      if divisor == 1 { break }
    }
    return .minutes(max(grain, divisor))
  }

  /// How long after an event it is booked: a step of a counter belongs to the next reading.
  public func bookingDelay(of indicator: Indicator, at instant: Instant) -> Duration {
    switch indicator {
    case .ratio, .latency:
      indicator.selectors.contains(where: \.meansRows)
        ? .zero : observation.interval(at: instant) ?? .zero
    case .ratioRows, .slices, .freshness, .heartbeat, .uptime, .states, .incidents: .zero
    }
  }

  /// The time of a window that counts: what lies after the start of history and is not excluded.
  public func counted(in window: Window) -> WindowSet {
    excluded.gaps(in: window.from(since))
  }

  /// The time that was measured.
  public var observed: WindowSet {
    unresolved.windows.reduce(observation.observed) { observed, window in
      observed.removing(window)
    }
  }

  /// The measured share of a window's time that counts, in parts per billion; 0 where none counts.
  public func coverage(of window: Window) -> Int64 {
    let counted = counted(in: window)
    let length = counted.length.nanoseconds
    guard length > 0 else { return 0 }
    let seen = observed.intersection(counted).length.nanoseconds
    return Int64(Int128(seen) * 1_000_000_000 / Int128(length))
  }

  /// The parts of a window that count, were not measured and are longer than a missed reading.
  public func gaps(in window: Window) -> [Window] {
    observation.observed.union(unresolved).gaps(in: window).intersection(counted(in: window))
      .windows.filter {
        $0.length > observation.interval(at: $0.start).map { $0 * 2.5 } ?? .zero
      }
  }
}
