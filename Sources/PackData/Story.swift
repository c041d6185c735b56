import Model

/// What happened to the pricing sync in the weeks of the snapshots.
///
/// The scheduler syncs at 00, 06, 12 and 18 hours UTC. A run takes about 22 s, more on working days.
/// Seen at the end of 2026-W42 (Monday 2026-10-19 00:00 in Berlin), the five objectives are:
///
/// | objective         | window | because                                               | state     |
/// | ----------------- | ------ | ----------------------------------------------------- | --------- |
/// | sync-success      | 7 d    | no run of the week failed                             | on course |
/// | sync-duration     | 7 d    | 3 of 28 runs took longer than a minute (14 October)   | overspent |
/// | sync-availability | 30 d   | 6 h without a run within 8 h (6 October)              | at risk   |
/// | data-freshness    | 30 d   | a sync by hand cut the same day short to 2 h          | on course |
/// | admin-uptime      | 30 d   | 3 scrapes out of 8640 found the admin endpoint down   | on course |
enum Story {
  /// The first scrape; eleven weeks, so that a window of 30 days is full eight weeks before the end.
  static let begin = "2026-08-03T00:00:00Z"
  static let end = "2026-10-19T06:00:00Z"

  static let events: [Event] = [
    // W33: the first weeks are quiet but for a scheduler that was forgotten after maintenance.
    Event(.stopped, "2026-08-12T07:20:00Z", "2026-08-12T16:02:00Z"),
    Event(.restarted, "2026-08-18T09:41:00Z"),
    Event(.adminDown, "2026-08-20T10:30:00Z", "2026-08-20T10:40:00Z"),
    Event(.slow(percent: 420), "2026-08-27T11:00:00Z", "2026-08-27T13:00:00Z"),
    // W36: the outage. Every provider refuses; two runs fail; a sync by hand ends it.
    Event(.adminDown, "2026-09-02T14:05:00Z", "2026-09-02T14:35:00Z"),
    Event(.providersFail, "2026-09-03T04:30:00Z", "2026-09-03T14:00:00Z"),
    Event(.slow(percent: 400), "2026-09-03T05:00:00Z", "2026-09-03T07:00:00Z"),
    Event(.syncedByHand, "2026-09-03T15:31:00Z"),
    // W37: the aftermath. A stopped scheduler, and one more failed run, made good by hand.
    Event(.stopped, "2026-09-09T06:50:00Z", "2026-09-09T17:31:00Z"),
    Event(.providersFail, "2026-09-11T17:30:00Z", "2026-09-11T19:00:00Z"),
    Event(.syncedByHand, "2026-09-11T20:41:00Z"),
    Event(.restarted, "2026-09-15T13:05:00Z"),
    Event(.slow(percent: 450), "2026-09-16T11:00:00Z", "2026-09-16T13:00:00Z"),
    Event(.adminDown, "2026-09-24T08:15:00Z", "2026-09-24T08:20:00Z"),
    Event(.slow(percent: 430), "2026-09-30T11:00:00Z", "2026-09-30T13:00:00Z"),
    Event(.restarted, "2026-10-01T10:12:00Z"),
    // W41: a release leaves the scheduler switched off for a day; its data are kept fresh by hand.
    Event(.stopped, "2026-10-06T07:15:00Z", "2026-10-06T20:04:00Z"),
    Event(.syncedByHand, "2026-10-06T16:09:00Z"),
    Event(.adminDown, "2026-10-08T21:40:00Z", "2026-10-08T21:50:00Z"),
    // W41 to W42: nobody scraped the scheduler from Sunday night to Monday morning.
    Event(.unscraped, "2026-10-11T21:10:00Z", "2026-10-12T05:55:00Z"),
    // W42: the slow day, and a release that restarts the process.
    Event(.slow(percent: 400), "2026-10-14T05:00:00Z", "2026-10-14T19:00:00Z"),
    Event(.restarted, "2026-10-16T09:20:00Z"),
  ]

  /// Load by weekday, Monday first, in percent of the usual duration and number of models.
  static let loadOfWeekday = [112, 106, 104, 105, 110, 84, 79]
}

/// One thing that happened, from the first moment to the last (excluded); both the same for a moment.
struct Event {
  enum Kind: Equatable {
    /// The scheduler is switched off; the run missed last is made up at the end.
    case stopped
    /// The scheduler's process starts anew: counters begin at 0, gauges are empty until the next run.
    case restarted
    /// All providers answer with errors; a run fails and refreshes nothing.
    case providersFail
    /// Runs take this share of their usual time.
    case slow(percent: Int)
    /// Somebody syncs by hand: the data are fresh, but no scheduled run is counted.
    case syncedByHand
    /// Nothing is known of the scheduler.
    case unscraped
    /// The admin endpoint does not answer its scrapes.
    case adminDown
  }

  let kind: Kind
  let from: Int64
  let until: Int64

  init(_ kind: Kind, _ from: String, _ until: String? = nil) {
    self.kind = kind
    self.from = Moment.required(from)
    self.until = Moment.required(until ?? from)
  }

  func holds(atMillisecond time: Int64) -> Bool { from <= time && time < until }
}

/// Moments of the story: milliseconds since the epoch.
enum Moment {
  static let minute: Int64 = 60_000
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000
  static let week: Int64 = 7 * day

  /// Reads `2026-10-19T06:00:00Z`; `nil` for anything else.
  static func parse(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    let shape = Array("dddd-dd-ddTdd:dd:ddZ".utf8)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard bytes.count == shape.count,
      zip(bytes, shape).allSatisfy({ $1 == UInt8(ascii: "d") ? digits.contains($0) : $0 == $1 })
    else { return nil }
    func number(_ range: Range<Int>) -> Int {
      bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
    let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
    guard CivilDate.exists(year: year, month: month, day: day), hour < 24, minute < 60, second < 60
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    return date.dayNumber * Moment.day + Int64(hour * 3600 + minute * 60 + second) * 1000
  }

  /// A moment of the table above.
  static func required(_ text: String) -> Int64 {
    guard let time = parse(text) else { preconditionFailure("no moment: \(text)") }
    return time
  }

  /// The Monday 00:00 UTC of the ISO week that holds a moment.
  static func monday(before time: Int64) -> Int64 {
    let number = time.dividedDown(by: day)
    return (number - Int64(CivilDate(dayNumber: number).weekday - 1)) * day
  }
}
