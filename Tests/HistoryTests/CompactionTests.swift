import History
import Model
import TestSupport
import Testing

@Suite("Compaction")
struct CompactionTests {
  private static func zone(_ name: String, _ hours: Double, _ changes: [(Int64, Double)] = [])
    -> ZoneOffsets
  {
    func offset(_ hours: Double) -> ZoneOffsets.Offset {
      ZoneOffsets.Offset(seconds: Int64(hours * 3600), isDaylight: false, abbreviation: name)
    }
    return ZoneOffsets(
      name: name, first: offset(hours), changes: changes.map(\.0),
      offsets: changes.map { offset($0.1) })
  }

  // 2026-10-25 01:00 UTC is 1,792,890,000: Berlin's day of 25 hours. 2026-03-29 01:00 UTC is 1,774,746,000: 23 hours.
  // Lord Howe moves by half an hour: at 2026-10-03 15:30 UTC (1,791,041,400) from +10:30 to +11.
  static let zones = [
    zone("UTC", 0), zone("Kolkata", 5.5), zone("Kathmandu", 5.75),
    zone("Berlin", 1, [(1_774_746_000, 2), (1_792_890_000, 1)]),
    zone("Lord Howe", 10.5, [(1_791_041_400, 11)]),
    zone("Lord Howe back", 11, [(1_791_041_400, 10.5)]),
    zone("New York", -4, [(1_793_512_800, -5)]),
  ]

  private static let middles: [Int64] = [
    1_774_746_000, 1_791_041_400, 1_792_890_000, 1_793_512_800,
  ]

  /// Around each zone's own changes, and in the long form around those of the others too.
  static let changes = zones.flatMap { zone in
    let own = middles.filter {
      zone.offset(at: Instant(seconds: $0)) != zone.offset(at: Instant(seconds: $0 - 1))
    }
    let some = own.isEmpty ? [middles[0]] : own
    return (tries(0, long: 1) == 0 ? some : middles).map { (zone, $0) }
  }

  private func path(_ folder: TemporaryFolder) -> String { folder.file("sloreport.db") }

  private static let tiers = Tiers(minute: .days(3), fiveMinutes: .days(6), hour: .days(12))

  /// The local days around these minutes.
  private func days(_ zone: ZoneOffsets, from: Int64, to: Int64) -> [Window] {
    var date = zone.date(at: Instant(seconds: from * 60))
    var days: [Window] = []
    while zone.start(of: date).seconds < to * 60 {
      days.append(Window(start: zone.start(of: date), end: zone.start(of: date.adding(days: 1))))
      date = date.adding(days: 1)
    }
    return days
  }

  private func sums(_ store: HistoryStore, _ windows: [Window]) throws -> [[Double]] {
    let (samples, rows) = try (store.all("c"), store.all("r"))
    return windows.map { window in
      let (from, to) = (window.start.seconds / 60, window.end.seconds / 60)
      // From the beginning to the end less from the beginning to the start: with the step into the window.
      let end = Samples.increase(samples.prefix { $0.minute < to })
      let start = Samples.increase(samples.prefix { $0.minute < from })
      let inside = rows.filter { from <= $0.minute && $0.minute < to }
      return [
        end - start, inside.reduce(0) { $0 + $1.sum }, inside.reduce(0) { $0 + Double($1.count) },
      ]
    }
  }

  @Test("leaves every sum over local days as it was", arguments: changes)
  func exact(zone: ZoneOffsets, middle: Int64) throws {
    let folder = try TemporaryFolder()
    let store = try HistoryStore.open(at: path(folder), for: .write)
    let (from, to) = (middle / 60 - 3 * 1440, middle / 60 + 3 * 1440)
    _ = try store.keep(
      Samples.batch([
        Samples.series("c", Samples.counter(from: from, minutes: to - from)),
        Samples.series(
          "r", (from..<to).map { Samples.row($0, Double($0 % 17)) }, kind: .rows),
        Samples.series("fine", Samples.counter(from: from, minutes: to - from)),
      ]))
    let fine = try store.all("fine")
    let windows = days(zone, from: from, to: to)
    let before = try sums(store, windows)
    var hours: [Window] = []
    for hour in stride(from: from * 60, to: to * 60, by: 3600) {
      let start = Instant(seconds: hour - Int64(zone.local(Instant(seconds: hour)).second % 3600))
      let end = start + .hours(1)
      if zone.offset(at: start).seconds == zone.offset(at: end).seconds {
        hours.append(Window(start: start, end: end))
      }
    }
    let hoursBefore = try sums(store, hours)
    var lengths: [Int] = []
    for passed in stride(from: Int64(0), through: 30, by: 5) {
      try store.compact(
        asOf: Instant(seconds: to * 60) + .days(passed), tiers: Self.tiers, zone: zone,
        keepFine: { $0.name.elementsEqual("fine".utf8) })
      #expect(try sums(store, windows) == before)
      // All hours are at least five days old, and the youngest not yet twelve: hours or shorter cells.
      if passed <= 5 { #expect(try sums(store, hours) == hoursBefore) }
      #expect(try store.verify() == [])
      lengths.append(try store.all("c").count)
    }
    #expect(lengths.last == windows.count)
    #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(try store.all("fine") == fine)
  }

  @Test("changes nothing the second time")
  func idempotent() throws {
    let folder = try TemporaryFolder()
    let store = try HistoryStore.open(at: path(folder), for: .write)
    let cells = Samples.counter(from: Samples.midnight, minutes: 20_000)
    _ = try store.keep(Samples.batch([Samples.series("c", cells)]))
    let now = Instant(seconds: (Samples.midnight + 20_000) * 60)
    for _ in 0..<2 {
      try store.compact(asOf: now, tiers: Self.tiers, zone: Self.zones[3], keepFine: { _ in false })
    }
    let once = try store.all("c")
    let file = try folder.read("sloreport.db")
    try store.compact(asOf: now, tiers: Self.tiers, zone: Self.zones[3], keepFine: { _ in false })
    #expect(try store.all("c") == once)
    #expect(try folder.read("sloreport.db").count == file.count)
  }

  @Test("takes the same batch again into longer cells without counting twice")
  func again() throws {
    let folder = try TemporaryFolder()
    let store = try HistoryStore.open(at: path(folder), for: .write)
    let (from, to) = (Samples.midnight, Samples.midnight + 10 * 1440)
    let batch = Samples.batch(
      [
        Samples.series("c", Samples.counter(from: from, minutes: to - from)),
        Samples.series("r", (from..<to).map { Samples.row($0, 2) }, kind: .rows),
      ], span: Samples.window(from, to))
    _ = try store.keep(batch)
    for zone in [Self.zones[0], Self.zones[2]] {
      try store.compact(
        asOf: Instant(seconds: to * 60) + .days(14), tiers: Self.tiers, zone: zone,
        keepFine: { _ in false })
      let before = try (store.all("c"), store.all("r"))
      let kept = try store.keep(batch)
      #expect(kept == Kept(cells: 28_800, conflicts: 0, late: 0))
      let after = try (store.all("c"), store.all("r"))
      #expect(before == after)
    }
    // A part of a day cannot replace the day: 1440 rows of 2 stay 2880.
    let part = Batch(
      source: "metrics", series: [Samples.series("r", [Samples.row(from + 60, 7)], kind: .rows)],
      span: Samples.window(from + 60, from + 120), file: nil, read: 1)
    #expect(try store.keep(part) == Kept(cells: 0, conflicts: 0, late: 1))
    #expect(try store.all("r").reduce(0) { $0 + $1.sum } == 28_800)
    #expect(try store.verify() == [])
  }
}
