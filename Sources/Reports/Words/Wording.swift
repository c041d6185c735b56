public import Model

/// Puts numbers, lengths and dates into words.
///
/// Typography is that of HTML: U+00A0 before a unit, U+2212 as minus. ``plain(_:)`` turns it into that of Markdown and
/// terminals. Rounding happens here, once, and against ourselves.
public enum Wording {
  static let space = "\u{A0}"

  /// A no-break space becomes a plain one, a true minus a hyphen.
  public static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{A0}", "\u{202F}": result += " "
      case "\u{2212}": result += "-"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A heading of at most 70 characters: the name is shortened, what is said about it is not.
  static func heading(_ name: String, _ rest: String) -> String {
    let room = max(8, 70 - rest.count)
    return (name.count > room ? name.prefix(room - 1) + "…" : name) + rest
  }

  /// At most `limit` characters, cut at a word with "…".
  static func cut(_ text: String, at limit: Int) -> String {
    guard text.count > limit else { return text }
    let kept = text.prefix(limit - 1)
    let end = kept.lastIndex(of: " ").map { $0 > kept.startIndex ? $0 : kept.endIndex }
    return kept[..<(end ?? kept.endIndex)] + "…"
  }

  // MARK: Numbers

  /// An SLI in per cent, rounded down: two decimals, and up to five until it differs from the objective as shown.
  public static func percent(_ counts: Counts, target: Int64) -> String {
    guard counts.total > 0 else { return "–" }
    if counts.good >= counts.total { return "100\(space)%" }
    if counts.good <= 0 { return "0\(space)%" }
    // Exactly on the objective: no further decimal would tell them apart.
    if Int128(counts.good) * 1_000_000_000 == Int128(counts.total) * Int128(target) {
      return self.target(target)
    }
    let scaled = Int64(Int128(counts.good) * 10_000_000 / Int128(counts.total))
    let shown = target / 100
    for decimals in 2...5 {
      let unit = power(10, 5 - decimals)
      if scaled / unit != shown / unit || decimals == 5 {
        if scaled / unit == 0 { return "<\(space)0.01\(space)%" }
        return decimal(scaled / unit, decimals: decimals) + "\(space)%"
      }
    }
    return "–"
  }

  /// A target in per cent, exactly, with at least two decimals.
  public static func target(_ partsPerBillion: Int64) -> String {
    var (value, decimals) = (partsPerBillion, 7)
    while decimals > 2, value % 10 == 0 { (value, decimals) = (value / 10, decimals - 1) }
    return decimal(value, decimals: decimals) + "\(space)%"
  }

  /// A share that is left, in whole per cent, rounded down: −31 %.
  public static func left(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "–" }
    return signed((share * 100 + 1e-9).rounded(.down)) + "\(space)%"
  }

  /// A share that is used, in whole per cent, rounded up.
  public static func used(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "–" }
    if share > 0, share < 0.01 { return "<\(space)1\(space)%" }
    return signed((share * 100 - 1e-9).rounded(.up)) + "\(space)%"
  }

  /// A share of a budget in points, rounded up.
  public static func points(_ share: Double) -> String {
    let value = (share * 100 - 1e-9).rounded(.up)
    return signed(value)
  }

  /// A measured share in per cent with one decimal, rounded down.
  public static func coverage(_ share: Double) -> String {
    share >= 1
      ? "100\(space)%"
      : decimal(Int64(max(0, min(1, share)) * 1000), decimals: 1) + "\(space)%"
  }

  /// A share in per cent with three decimals, rounded down.
  static func share(_ value: Double) -> String {
    value >= 1
      ? "100\(space)%"
      : decimal(Int64(max(0, value) * 100_000), decimals: 3) + "\(space)%"
  }

  /// Two digits: 14.4×, 0.4×, 331×.
  public static func rate(_ multiple: Double?) -> String {
    guard let multiple, multiple.isFinite else { return "no rate" }
    if multiple == 0 { return "0×" }
    if multiple < 0.1 { return "<\(space)0.1×" }
    if multiple < 99.95 { return decimal(Int64((multiple * 10).rounded()), decimals: 1) + "×" }
    return "\(Int64(min(multiple, 1e15).rounded()))×"
  }

  /// "1 point", "23 points", rounded up.
  public static func pointCount(_ share: Double) -> String {
    let number = points(share)
    return number == "1" ? "1 point" : "\(number) points"
  }

  /// How many times an allowance: "1.5 times", "20 times", rounded up as in a grid's cells.
  static func times(_ load: Double) -> String {
    if load > 1000 { return "more than 1\(space)000 times" }
    if load >= 10 { return "\(Int64((load - 1e-9).rounded(.up))) times" }
    return decimal(Int64((load * 10 - 1e-9).rounded(.up)), decimals: 1) + " times"
  }

  /// A response time: "322 ms" below a second, "1.24 s" between seconds, else as any length.
  static func latency(_ seconds: Double) -> String {
    let thousandths = Int64((max(0, min(seconds, 1e9)) * 1000).rounded())
    if thousandths % 1000 == 0 { return duration(.seconds(seconds)) }
    if thousandths < 1000 { return "\(thousandths)\(space)ms" }
    var (value, decimals) = (thousandths, 3)
    while value % 10 == 0 { (value, decimals) = (value / 10, decimals - 1) }
    return decimal(value, decimals: decimals) + "\(space)s"
  }

  /// Whole numbers in groups of three from 10 000 on.
  public static func count(_ number: Int64) -> String {
    let digits = String(number.magnitude)
    guard digits.count > 4 else { return signedText(number < 0, digits) }
    var groups = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { groups += space }
      groups.append(digit)
    }
    return signedText(number < 0, groups)
  }

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

  private static func signed(_ value: Double) -> String {
    let clamped = Int64(max(-1e15, min(1e15, value)))
    return count(clamped)
  }

  private static func signedText(_ negative: Bool, _ digits: String) -> String {
    negative ? "\u{2212}\(digits)" : digits
  }

  static func decimal(_ value: Int64, decimals: Int) -> String {
    let unit = power(10, decimals)
    let fraction = String(value % unit)
    return "\(value / unit)."
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  private static func power(_ base: Int64, _ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  // MARK: Dates

  /// "Wed 14 Oct".
  public static func day(_ date: CivilDate) -> String {
    "\(date.weekdayName)\(space)\(self.date(date))"
  }

  /// "14 Oct".
  static func date(_ date: CivilDate) -> String { "\(date.day)\(space)\(date.shortMonthName)" }

  /// "13:20", of the second of a day.
  static func clock(second: Int) -> String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(padded(second / 3600)):\(padded(second / 60 % 60))"
  }

  /// "Wed 14 Oct 2026 13:20", where the year is not known from what is around it.
  static func dated(_ instant: Instant, in zone: ZoneOffsets) -> String {
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
  static func moments(_ window: Window, in zone: ZoneOffsets) -> String {
    moments(from: window.start, to: window.end, in: zone)
  }

  /// The same of instants in any order.
  static func moments(from start: Instant, to end: Instant, in zone: ZoneOffsets) -> String {
    "\(moment(start, in: zone)) to \(moment(end, in: zone))"
  }

  /// The day that ends at a midnight, or holds an instant.
  static func lastDay(before instant: Instant, in zone: ZoneOffsets) -> String {
    day(zone.date(at: instant - .seconds(1)))
  }

  /// "Mon 12 – Sun 18 October 2026", from the first day to the last.
  public static func days(from first: CivilDate, to last: CivilDate) -> String {
    func name(_ date: CivilDate) -> String { date.weekdayName + space + String(date.day) }
    let end = "\(name(last))\(space)\(last.monthName)\(space)\(last.year)"
    if first == last { return end }
    let start =
      first.year != last.year
      ? "\(name(first))\(space)\(first.monthName)\(space)\(first.year)"
      : first.month != last.month
        ? "\(name(first))\(space)\(first.monthName)" : name(first)
    return "\(start) – \(end)"
  }

  /// The days that a window touches.
  static func days(of window: Window, in zone: ZoneOffsets) -> String {
    days(from: zone.date(at: window.start), to: zone.date(at: window.end - .seconds(1)))
  }
}
