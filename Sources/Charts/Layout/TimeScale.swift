import Model

/// Maps moments to pixels, by true seconds: a 25 h day is wider than others.
struct TimeScale {
  let domain: Window
  let left: Double
  let right: Double

  /// The pixel of a moment; one outside the domain lies outside too.
  ///
  /// An empty domain maps to the middle.
  func x(_ instant: Instant) -> Double {
    let length = Double(domain.length.nanoseconds)
    guard length > 0 else { return (left + right) / 2 }
    return left + Double((instant - domain.start).nanoseconds) / length * (right - left)
  }
}

/// A tick of a time axis; a small one without a label.
struct TimeTick: Equatable {
  let at: Instant
  let label: String?

  /// The ticks of `domain` in calendar time: hours, midnights, Mondays, months or quarters by its length.
  ///
  /// The first label carries the month, and none comes twice: the hour that the clocks repeat is named once.
  /// Days are counted by the calendar, never by adding 86 400 seconds.
  static func ticks(in domain: Window, zone: ZoneOffsets) -> [TimeTick] {
    let hours = domain.length.nanoseconds / 3_600_000_000_000
    // One hour more than whole days, for a domain in which the clocks went back.
    let found =
      switch hours {
      case 0..<7: hourly(domain, zone, every: 1)
      case 7...25: hourly(domain, zone, every: 6)
      case 26...(9 * 24 + 1): daily(domain, zone) { _ in true }
      case (9 * 24 + 2)...(35 * 24 + 1): daily(domain, zone) { $0.weekday == 1 }
      case ...(184 * 24 + 1): monthly(domain, zone)
      default: quarterly(domain, zone)
      }
    var named: Set<String> = []
    return found.map { tick in
      guard let label = tick.label, tick.at < domain.end, named.insert(label).inserted else {
        return TimeTick(at: tick.at, label: nil)
      }
      return tick
    }
  }

  private static func hourly(_ domain: Window, _ zone: ZoneOffsets, every step: Int) -> [TimeTick] {
    var ticks: [TimeTick] = []
    var at = Instant(seconds: domain.start.seconds)
    if at < domain.start { at = at + .seconds(1) }
    while at <= domain.end {
      let (date, second) = zone.local(at)
      let past = second % 3600
      if past == 0, second / 3600 % step == 0 {
        let clock = Wording.clock(second: second)
        let label =
          switch (ticks.isEmpty, second == 0) {
          case (true, true): Wording.day(date)
          case (true, false): Wording.day(date) + Wording.space + clock
          case (false, true): Wording.dayOfMonth(date)
          case (false, false): clock
          }
        ticks.append(TimeTick(at: at, label: label))
      }
      at = at + .seconds(Int64(3600 - past))
    }
    return ticks
  }

  private static func daily(
    _ domain: Window, _ zone: ZoneOffsets, labelled: (CivilDate) -> Bool
  ) -> [TimeTick] {
    var ticks: [TimeTick] = []
    for (at, date) in midnights(domain, zone) {
      let label: String? =
        if ticks.isEmpty { Wording.day(date) } else if labelled(date) {
          Wording.dayOfMonth(date)
        } else { nil }
      ticks.append(TimeTick(at: at, label: label))
    }
    return ticks
  }

  private static func monthly(_ domain: Window, _ zone: ZoneOffsets) -> [TimeTick] {
    var ticks: [TimeTick] = []
    for (at, date) in midnights(domain, zone) {
      if ticks.isEmpty || date.day == 1 {
        ticks.append(TimeTick(at: at, label: Wording.date(date)))
      } else if date.weekday == 1 {
        ticks.append(TimeTick(at: at, label: nil))
      }
    }
    return ticks
  }

  /// Quarter starts, half years or years, so that at most 17 remain; the first and every January with its year.
  ///
  /// Over more than five quarters only those are named.
  private static func quarterly(_ domain: Window, _ zone: ZoneOffsets) -> [TimeTick] {
    let (first, last) = (zone.date(at: domain.start), zone.date(at: domain.end))
    let months = (last.year - first.year) * 12 + last.month - first.month
    let step = [3, 6, 12, 24, 60, 120, 240].first { months <= 16 * $0 } ?? 1200
    let years = max(1, step / 12)
    var date = first.firstOfMonth(adding: 1 - first.month - 12 * (first.year % years))
    var ticks: [TimeTick] = []
    while zone.start(of: date) <= domain.end {
      let at = zone.start(of: date)
      if at >= domain.start {
        let name = Wording.date(date)
        let label: String? =
          if ticks.isEmpty || date.month == 1 { "\(name)\(Wording.space)\(date.year)" } else {
            months <= 15 ? name : nil
          }
        ticks.append(TimeTick(at: at, label: label))
      }
      date = date.firstOfMonth(adding: step)
    }
    return ticks
  }

  /// The first moment of each local day that starts in the domain or at its end.
  private static func midnights(_ domain: Window, _ zone: ZoneOffsets) -> [(Instant, CivilDate)] {
    var date = zone.date(at: domain.start)
    if zone.start(of: date) < domain.start { date = date.adding(days: 1) }
    var found: [(Instant, CivilDate)] = []
    while zone.start(of: date) <= domain.end {
      let at = zone.start(of: date)
      // A day that a zone skipped, moving over the date line, has no midnight.
      if zone.date(at: at) == date { found.append((at, date)) }
      date = date.adding(days: 1)
    }
    return found
  }
}
