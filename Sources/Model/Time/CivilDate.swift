/// A date of the proleptic Gregorian calendar.
///
/// - Formula: Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*.
public struct CivilDate: Hashable, Sendable, Comparable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// - Precondition: the date exists.
  public init(year: Int, month: Int, day: Int) {
    precondition(CivilDate.exists(year: year, month: month, day: day), "no such date")
    self.year = year
    self.month = month
    self.day = day
  }

  public static func exists(year: Int, month: Int, day: Int) -> Bool {
    (1...12).contains(month) && day >= 1 && day <= daysIn(month: month, of: year)
      && (-9999...9999).contains(year)
  }

  /// - Parameter dayNumber: days since 1970-01-01.
  public init(dayNumber: Int64) {
    let shifted = dayNumber + 719_468
    let era = shifted.dividedDown(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  public var dayNumber: Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = shiftedYear.dividedDown(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let shiftedMonth = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// ISO 8601: "2026-10-18".
  public var text: String { ReportPeriod(.day, containing: self).name }

  /// 1 is Monday, 7 is Sunday (ISO 8601).
  public var weekday: Int { Int((dayNumber + 3) - (dayNumber + 3).dividedDown(by: 7) * 7) + 1 }

  /// From Monday on.
  public static let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// "Mon".
  public var weekdayName: String { Self.weekdayNames[weekday - 1] }
  /// "October".
  public var monthName: String { Self.monthNames[month - 1] }
  /// "Oct".
  public var shortMonthName: Substring { monthName.prefix(3) }

  public func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + Int64(days)) }

  /// The first day of the month `months` away.
  public func firstOfMonth(adding months: Int = 0) -> CivilDate {
    let index = Int64(year * 12 + month - 1 + months)
    let year = index.dividedDown(by: 12)
    return CivilDate(year: Int(year), month: Int(index - year * 12) + 1, day: 1)
  }

  public static func daysIn(month: Int, of year: Int) -> Int {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// The ISO 8601 week of this date; its year can differ from the date's.
  public var isoWeek: (year: Int, week: Int) {
    let thursday = adding(days: 4 - weekday)
    let january = CivilDate(year: thursday.year, month: 1, day: 1)
    return (thursday.year, Int(thursday.dayNumber - january.dayNumber) / 7 + 1)
  }

  /// The Monday of an ISO week, or `nil` when the year has no such week.
  public static func monday(ofWeek week: Int, year: Int) -> CivilDate? {
    guard (1...53).contains(week), (1...9998).contains(year) else { return nil }
    let fourth = CivilDate(year: year, month: 1, day: 4)
    let monday = fourth.adding(days: 1 - fourth.weekday + 7 * (week - 1))
    return monday.isoWeek == (year, week) ? monday : nil
  }

  public static func < (one: CivilDate, other: CivilDate) -> Bool {
    (one.year, one.month, one.day) < (other.year, other.month, other.day)
  }
}

extension CivilDate: Codable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let day = ReportPeriod(.day, name: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a date like 2026-10-18")
    }
    self = day.first
  }
}
