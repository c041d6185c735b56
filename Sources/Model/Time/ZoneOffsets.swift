/// A time zone as data: when the offset from UTC changed, and the rule for the years after the last change.
public struct ZoneOffsets: Hashable, Sendable {
  /// One stretch of unchanging local time.
  public struct Offset: Hashable, Sendable {
    /// Seconds to add to UTC.
    public let seconds: Int64
    public let isDaylight: Bool
    /// "CET", "+0530".
    public let abbreviation: String

    public init(seconds: Int64, isDaylight: Bool, abbreviation: String) {
      self.seconds = seconds
      self.isDaylight = isDaylight
      self.abbreviation = abbreviation
    }
  }

  /// The IANA name, such as "Europe/Berlin".
  public let name: String
  /// The release of the zone data ("2026a"), if the system has it.
  public let release: String?
  let first: Offset
  /// Seconds since the epoch, rising; one entry for each of `offsets`.
  let changes: [Int64]
  let offsets: [Offset]
  let rule: ZoneRule?

  public init(
    name: String, release: String? = nil, first: Offset, changes: [Int64] = [],
    offsets: [Offset] = [], rule: ZoneRule? = nil
  ) {
    precondition(changes.count == offsets.count, "an offset for each change")
    self.name = name
    self.release = release
    self.first = first
    self.changes = changes
    self.offsets = offsets
    self.rule = rule
  }

  public static let utc = ZoneOffsets(
    name: "UTC", first: Offset(seconds: 0, isDaylight: false, abbreviation: "UTC"))

  public func offset(at instant: Instant) -> Offset {
    let second = instant.seconds
    if let rule, second >= changes.last ?? .min { return rule.offset(at: second) }
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : offsets[low - 1]
  }

  /// The local date and the seconds since local midnight by the clock on the wall.
  public func local(_ instant: Instant) -> (date: CivilDate, second: Int) {
    let local = instant.seconds + offset(at: instant).seconds
    let day = local.dividedDown(by: 86_400)
    return (CivilDate(dayNumber: day), Int(local - day * 86_400))
  }

  public func date(at instant: Instant) -> CivilDate { local(instant).date }

  /// The first instant of a local day: midnight, or where the clocks jump over midnight, that jump.
  ///
  /// Where midnight occurs twice, the earlier one.
  public func start(of date: CivilDate) -> Instant {
    let wall = date.dayNumber * 86_400
    var earliest: Int64?
    for probe in [wall - 86_400, wall, wall + 86_400] {
      let candidate = wall - offset(at: Instant(seconds: probe)).seconds
      let shown = candidate + offset(at: Instant(seconds: candidate)).seconds
      if shown == wall { earliest = min(earliest ?? candidate, candidate) }
    }
    if let earliest { return Instant(seconds: earliest) }
    // Midnight was skipped: the day starts where the clocks jumped.
    var low = wall - 2 * 86_400
    var high = wall + 2 * 86_400
    while high - low > 1 {
      let middle = low + (high - low) / 2
      let shown = middle + offset(at: Instant(seconds: middle)).seconds
      if shown >= wall { high = middle } else { low = middle }
    }
    return Instant(seconds: high)
  }

  /// The instant at which the clock on the wall shows so many seconds since 1970.
  ///
  /// Where it shows them twice, the earlier one; `nil` where the clocks skipped them.
  public func instant(ofLocal seconds: Int64) -> Instant? {
    let candidates = [seconds - 86_400, seconds + 86_400].map { probe in
      Instant(seconds: seconds - offset(at: Instant(seconds: probe)).seconds)
    }
    return candidates.filter { $0.seconds + offset(at: $0).seconds == seconds }.min()
  }

  /// The changes of offset inside a window, in order: the instant, and the seconds gained (positive) or lost.
  public func changes(in window: Window) -> [(at: Instant, shift: Int64)] {
    var found: [(at: Instant, shift: Int64)] = []
    var low = window.start.seconds
    let end = window.end.seconds
    while low < end {
      let next = min(low + 86_400, end)
      let before = offset(at: Instant(seconds: low)).seconds
      if offset(at: Instant(seconds: next)).seconds != before {
        var (from, to) = (low, next)
        while to - from > 1 {
          let middle = from + (to - from) / 2
          if offset(at: Instant(seconds: middle)).seconds == before {
            from = middle
          } else {
            to = middle
          }
        }
        found.append((Instant(seconds: to), offset(at: Instant(seconds: to)).seconds - before))
        low = to
      } else {
        low = next
      }
    }
    return found
  }
}
