extension Wording {
  // MARK: Lengths

  /// The two largest units, rounded down, no zero parts: 45 s, 2 h 14 min, 3 d 4 h.
  public static func duration(_ length: Duration) -> String {
    let seconds = length.nanoseconds / 1_000_000_000
    if seconds <= 0 { return "0\(space)s" }
    var rest = seconds
    var parts: [String] = []
    for (size, name) in [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")] as [(Int64, String)] {
      let number = rest / size
      rest -= number * size
      if number > 0 { parts.append("\(number)\(space)\(name)") } else if !parts.isEmpty { break }
      if parts.count == 2 { break }
    }
    return parts.joined(separator: space)
  }

  /// A response time: "322 ms" below a second, "1.24 s" between seconds, else as any length.
  public static func latency(_ seconds: Double) -> String {
    let thousandths = Int64((max(0, min(seconds, 1e9)) * 1000).rounded())
    if thousandths % 1000 == 0 { return duration(.seconds(seconds)) }
    if thousandths < 1000 { return "\(thousandths)\(space)ms" }
    var (value, decimals) = (thousandths, 3)
    while value % 10 == 0 { (value, decimals) = (value / 10, decimals - 1) }
    return decimal(value, decimals: decimals) + "\(space)s"
  }

  // MARK: Dates

  /// "Wed 14 Oct".
  public static func day(_ date: CivilDate) -> String {
    "\(date.weekdayName)\(space)\(self.date(date))"
  }

  /// "Wed 14", where the month is known from what is around it.
  public static func dayOfMonth(_ date: CivilDate) -> String {
    "\(date.weekdayName)\(space)\(date.day)"
  }

  /// "14 Oct".
  public static func date(_ date: CivilDate) -> String {
    "\(date.day)\(space)\(date.shortMonthName)"
  }

  /// "13:20", of the second of a day.
  public static func clock(second: Int) -> String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(padded(second / 3600)):\(padded(second / 60 % 60))"
  }

  /// "Wed 14 Oct 2026 13:20", where the year is not known from what is around it.
  public static func dated(_ instant: Instant, in zone: ZoneOffsets) -> String {
    let date = zone.date(at: instant)
    let clock = moment(instant, in: zone, withDay: false)
    return "\(day(date))\(space)\(date.year)\(space)\(clock)"
  }

  /// "Wed 14 Oct 13:20", or "13:20" alone; in an hour that comes twice, with the zone's abbreviation.
  public static func moment(_ instant: Instant, in zone: ZoneOffsets, withDay: Bool = true)
    -> String
  {
    let local = zone.local(instant)
    let clock = clock(second: local.second)
    let text = withDay ? "\(day(local.date))\(space)\(clock)" : clock
    let repeated = [-3600, 3600, -1800, 1800].contains { shift in
      let other = Instant(seconds: instant.seconds + Int64(shift))
      return zone.local(other) == local
    }
    return repeated ? "\(text)\(space)\(zone.offset(at: instant).abbreviation)" : text
  }

  /// "Wed 14 Oct 13:20 to Wed 14 Oct 15:34".
  public static func moments(_ window: Window, in zone: ZoneOffsets) -> String {
    moments(from: window.start, to: window.end, in: zone)
  }

  /// The same of instants in any order.
  public static func moments(from start: Instant, to end: Instant, in zone: ZoneOffsets) -> String {
    "\(moment(start, in: zone)) to \(moment(end, in: zone))"
  }

  /// The day that ends at a midnight, or holds an instant.
  public static func lastDay(before instant: Instant, in zone: ZoneOffsets) -> String {
    day(zone.date(at: instant - .seconds(1)))
  }

  /// "Mon 12 – Sun 18 October 2026", from the first day to the last.
  public static func days(from first: CivilDate, to last: CivilDate) -> String {
    let end = "\(dayOfMonth(last))\(space)\(last.monthName)\(space)\(last.year)"
    if first == last { return end }
    let start =
      first.year != last.year
      ? "\(dayOfMonth(first))\(space)\(first.monthName)\(space)\(first.year)"
      : first.month != last.month
        ? "\(dayOfMonth(first))\(space)\(first.monthName)" : dayOfMonth(first)
    return "\(start) – \(end)"
  }

  /// The days that a window touches.
  public static func days(of window: Window, in zone: ZoneOffsets) -> String {
    days(from: zone.date(at: window.start), to: zone.date(at: window.end - .seconds(1)))
  }
}
