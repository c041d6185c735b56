import Analytics
import Model
import Testing

@Suite("What was observed")
struct ObservationTests {
  @Test("is nothing without two readings")
  func few() {
    for series in [[], [samples([])], [samples([1])]] {
      let seen = Observation(of: series)
      #expect(seen.lastInterval == nil)
      #expect(seen.observed.isEmpty)
    }
  }

  @Test("is the time from the first reading to the last")
  func plain() {
    let seen = Observation(of: [samples([1, 2, 3])])
    #expect(seen.lastInterval == .seconds(60))
    #expect(seen.observed.windows == [span(0, 120)])
  }

  @Test("bridges one missed reading, not two: 2 intervals are within 2.5, 3 are not")
  func missed() {
    let one = Observation(of: [samples([1, 2, 3, nil, 5, 6, 7])])
    #expect(one.observed.windows == [span(0, 360)])
    let two = Observation(of: [samples([1, 2, 3, nil, nil, 6, 7, 8])])
    #expect(two.observed.windows == [span(0, 120), span(300, 420)])
  }

  @Test("has the same interval and gaps where a minute holds several readings")
  func often() {
    // 15 s apart, from 0 to 585 s; 300 to 390 s are missing.
    let values = (0..<40).map { (20...26).contains($0) ? nil : Double($0) }
    let seen = Observation(of: [samples(values, every: 15)])
    #expect(seen.lastInterval == .seconds(15))
    #expect(seen.observed.windows == [span(0, 285), span(405, 585)])
  }

  // A minute apart; at 120 s a mark, which is short enough to be a missed reading otherwise.
  @Test("ends at a mark that the series ended, until the next reading")
  func marks() {
    let mark = Double(bitPattern: Cell.staleMark)
    let seen = Observation(of: [samples([1, 2, mark, 4, 5])])
    #expect(seen.lastInterval == .seconds(60))
    #expect(seen.observed.windows == [span(0, 60), span(180, 240)])
    // Of what a mark alone tells, nothing is observed.
    #expect(Observation(of: [samples([mark, mark])]).observed.isEmpty)
  }

  // 15 s apart: 15 to 60 are one minute, and 45 is the mark; the next reading comes at 75.
  @Test("ends at a mark that shares its minute with readings, after them")
  func marksInsideAMinute() {
    let mark = Double(bitPattern: Cell.staleMark)
    let values: [Double?] = [1, 2, mark, nil, 5, 6, 7, 8]
    let seen = Observation(of: [samples(values, every: 15, from: 15)])
    #expect(seen.observed.windows == [span(15, 30), span(75, 120)])
  }

  @Test("is the union over all series")
  func union() {
    let one = samples([1, 2, 3, nil, nil, nil, 7, 8, 9], "a")
    let two = samples([1, 2, 3], "b", from: 60)
    #expect(Observation(of: [one, two]).observed.windows == [span(0, 180), span(360, 480)])
    #expect(Observation(of: [one, two]) == Observation(of: [two, one]))
  }

  // One at 15 s, one at 300 s: 40 s without a reading of the first are a gap of its own; the second one's steps are none.
  @Test("goes by the interval of each series where they differ")
  func mixed() {
    let fast = samples((0..<80).map { $0 < 40 ? Double($0) : nil }, "fast", every: 15)
    let slow = samples((0..<30).map(Double.init), "slow", every: 300)
    let seen = Observation(of: [fast, slow])
    #expect(seen.observed.windows == [span(0, 8700)])
    #expect(Observation(of: [fast]).observed.windows == [span(0, 585)])
    // The shortest one that is read then.
    #expect(seen.interval(at: Instant(seconds: 300)) == .seconds(15))
    #expect(seen.interval(at: Instant(seconds: 3000)) == .seconds(300))
    #expect(seen.interval(at: Instant(seconds: 9000)) == .seconds(300))
    #expect(seen.lastInterval == .seconds(300))
  }

  // Seven daily rows in seven files, each of which has the minute of its row: six steps, and the last day.
  @Test("of one bucket a file is what the buckets cover, not the spans of the files")
  func oneBucketAFile() {
    let day: Int64 = 86_400
    let table = rows((0..<7).map { (Int64($0) * 1440, 1) }, [])
    let spans = WindowSet((0..<7).map { span($0 * day, $0 * day + 60) })
    let seen = Observation(ofBuckets: [table], in: spans)
    #expect(seen.observed.windows == [span(0, 7 * day)])
    #expect(seen.lastInterval == .days(1))
    // One bucket says nothing of its length, and covers a day; the files of a week without any row cover their spans.
    let one = rows([(0, 1)], [])
    #expect(Observation(ofBuckets: [one], in: spans).observed.windows == [span(0, day)])
    #expect(Observation(ofBuckets: [], in: spans).observed == spans)
  }

  // Local days of 24, 25 and 24 hours; two missing days are a gap, from a day after the last bucket on.
  @Test("of daily buckets has no gap where a day has 25 hours, and one where a day is missing")
  func longDay() {
    let hours: [Int64] = [0, 24, 48, 73, 97, 121, 169, 193]
    let seen = Observation(ofBuckets: [rows(hours.map { ($0 * 60, 1) }, [])], in: WindowSet())
    #expect(seen.observed.windows == [span(0, 145 * 3600), span(169 * 3600, 217 * 3600)])
  }

  // 20 buckets of an hour, then 20 of 5 minutes; and the other way round, the last of which covers its hour.
  @Test("of buckets goes by the steps there, in either direction")
  func bucketsOfTwoLengths() {
    let hours = (0..<20).map { Int64($0 * 60) }
    let short = rows((hours + (0..<20).map { 1200 + Int64($0 * 5) }).map { ($0, 1) }, [])
    let spans = WindowSet([span(0, 360_000)])
    #expect(Observation(ofBuckets: [short], in: spans).observed.windows == [span(0, 78_000)])
    let long = rows(((0..<20).map { Int64($0 * 5) } + hours.map { $0 + 100 }).map { ($0, 1) }, [])
    #expect(Observation(ofBuckets: [long], in: spans).observed.windows == [span(0, 78_000)])
    #expect(Observation(ofBuckets: [long], in: spans).lastInterval == .hours(1))
  }

  @Test("finds the interval of ten thousand series with gaps of their own")
  func many() {
    let series = (0..<10_000).map { (number: Int) -> Series in
      let values = (0..<20).map { (index: Int) -> Double? in
        index % 7 == number % 7 || index % 7 == (number + 1) % 7 ? nil : 1
      }
      return samples(values, String(number), from: Int64(number))
    }
    #expect(Observation(of: series).lastInterval == .seconds(60))
  }

  @Test(
    "of buckets is the same when old minutes were joined to longer cells, but for gaps inside those"
  )
  func joined() {
    let every = rows((0..<60).filter { !(30..<40).contains($0) }.map { ($0, 1) }, [])
    var cells: [Cell] = []
    for cell in every.cells {
      if let last = cells.last, cell.minute < 50, last.minute == cell.minute / 5 * 5 {
        cells[cells.count - 1].append(cell)
      } else {
        cells.append(cell)
      }
    }
    let short = Series(id: every.id, kind: .rows, cells: cells)
    #expect(cells.count == 18)
    let spans = WindowSet([span(0, 3600)])
    let observation = Observation(ofBuckets: [short], in: spans)
    #expect(observation.observed == Observation(ofBuckets: [every], in: spans).observed)
    #expect(observation.lastInterval == .minutes(1))
    #expect(observation.observed == WindowSet([span(0, 1800), span(2400, 3600)]))
  }
}
