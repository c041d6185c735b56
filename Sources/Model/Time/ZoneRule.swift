/// The yearly rule for the time after a zone file's last entry (the POSIX footer of RFC 8536).
public struct ZoneRule: Hashable, Sendable {
  /// When a change happens: a day of the year and a local second of that day.
  public enum Day: Hashable, Sendable {
    /// `Mm.w.d`: month, week (5 is the last), weekday with 0 for Sunday.
    case weekday(month: Int, week: Int, day: Int)
    /// `Jn`: day 1–365, 29 February never counted.
    case julian(Int)
    /// `n`: day 0–365, 29 February counted.
    case ordinal(Int)
  }

  public struct Change: Hashable, Sendable {
    public let day: Day
    public let second: Int64

    public init(day: Day, second: Int64) {
      self.day = day
      self.second = second
    }

    /// Seconds since the epoch by the wall clock before the change.
    func wall(in year: Int) -> Int64 {
      let date: Int64
      switch day {
      case .weekday(let month, let week, let weekday):
        let first = CivilDate(year: year, month: month, day: 1)
        let lead = (weekday - first.weekday % 7 + 7) % 7
        var day = 1 + lead + 7 * (week - 1)
        if day > CivilDate.daysIn(month: month, of: year) { day -= 7 }
        date = first.dayNumber + Int64(day - 1)
      case .julian(let number):
        let leap = CivilDate.daysIn(month: 2, of: year) == 29 && number >= 60
        date =
          CivilDate(year: year, month: 1, day: 1).dayNumber + Int64(number - 1 + (leap ? 1 : 0))
      case .ordinal(let number):
        date = CivilDate(year: year, month: 1, day: 1).dayNumber + Int64(number)
      }
      return date * 86_400 + second
    }
  }

  public let standard: ZoneOffsets.Offset
  /// Daylight saving time with the local changes into and out of it, if there is any.
  public let daylight: Daylight?

  public struct Daylight: Hashable, Sendable {
    public let offset: ZoneOffsets.Offset
    public let start: Change
    public let end: Change

    public init(offset: ZoneOffsets.Offset, start: Change, end: Change) {
      self.offset = offset
      self.start = start
      self.end = end
    }
  }

  public init(standard: ZoneOffsets.Offset, daylight: Daylight?) {
    self.standard = standard
    self.daylight = daylight
  }

  func offset(at second: Int64) -> ZoneOffsets.Offset {
    guard let daylight else { return standard }
    let year = CivilDate(
      dayNumber: (second + standard.seconds).dividedDown(by: 86_400)
    ).year
    let start = daylight.start.wall(in: year) - standard.seconds
    let end = daylight.end.wall(in: year) - daylight.offset.seconds
    let inside =
      start < end ? (start <= second && second < end) : !(end <= second && second < start)
    return inside ? daylight.offset : standard
  }
}
