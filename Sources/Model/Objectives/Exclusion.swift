/// Agreed time that does not count: a maintenance, the hours outside of an agreement.
public struct Exclusion: Hashable, Sendable {
  public enum Time: Hashable, Sendable {
    case once(Window)
    case weekly(Weekly)
  }

  /// Hours of the local day that come again on some days of the week.
  public struct Weekly: Hashable, Sendable {
    /// 1 is Monday, 7 is Sunday: the days on which it begins.
    public let days: Set<Int>
    /// Minutes of the local day, 0 to 1440; an end that is not after the start is one of the next day.
    public let from: Int
    public let to: Int
    /// The first and the last day on which it begins.
    public let first: CivilDate?
    public let last: CivilDate?

    public init(
      days: Set<Int>, from: Int, to: Int, first: CivilDate? = nil, last: CivilDate? = nil
    ) {
      self.days = days
      self.from = from
      self.to = to
      self.first = first
      self.last = last
    }
  }

  public let time: Time
  public let reason: String
  public let author: String?
  /// When it was written down.
  public let entered: Instant?

  public init(_ time: Time, reason: String, author: String? = nil, entered: Instant? = nil) {
    self.time = time
    self.reason = reason
    self.author = author
    self.entered = entered
  }

  /// The agreed time of several inside a window.
  public static func windows(
    of exclusions: [Exclusion], in window: Window, zone: ZoneOffsets
  ) -> WindowSet {
    exclusions.reduce(WindowSet()) { $0.union($1.windows(in: window, zone: zone)) }
  }

  /// The agreed time inside a window, by the clock on the wall of the report's zone.
  ///
  /// A local time that occurs twice means the first, and one that is skipped the jump.
  public func windows(in window: Window, zone: ZoneOffsets) -> WindowSet {
    switch time {
    case .once(let agreed): return WindowSet([agreed]).clipped(to: window)
    case .weekly(let weekly):
      var found: [Window] = []
      // The one that began the day before may still last.
      var day = zone.date(at: window.start).adding(days: -1)
      let end = zone.date(at: window.end)
      while day <= end {
        if let agreed = weekly.window(on: day, zone: zone) { found.append(agreed) }
        day = day.adding(days: 1)
      }
      return WindowSet(found).clipped(to: window)
    }
  }

  /// Whether some of its time inside a window had begun when it was written down.
  public func isLate(in window: Window, zone: ZoneOffsets) -> Bool {
    guard let entered, let first = windows(in: window, zone: zone).windows.first else {
      return false
    }
    return entered > first.start
  }
}

extension Exclusion.Weekly {
  fileprivate func window(on day: CivilDate, zone: ZoneOffsets) -> Window? {
    guard days.contains(day.weekday), first.map({ $0 <= day }) ?? true,
      last.map({ day <= $0 }) ?? true
    else { return nil }
    let start = zone.first(minute: from, of: day)
    let end = zone.first(minute: to, of: to > from ? day : day.adding(days: 1))
    return start < end ? Window(start: start, end: end) : nil
  }
}

extension ZoneOffsets {
  /// The first instant at which the clock on the wall shows a minute of a day, or the jump that skips it.
  fileprivate func first(minute: Int, of date: CivilDate) -> Instant {
    let wall = date.dayNumber * 86_400 + Int64(minute) * 60
    let day = Window(start: start(of: date), end: start(of: date.adding(days: 1)))
    var from = day.start
    for change in changes(in: day).map(\.at) + [day.end] {
      let shown = Instant(seconds: wall - offset(at: from).seconds)
      if shown < change { return max(shown, from) }
      from = change
    }
    return day.end
  }
}
