import Model

/// Which cells are joined to which, by local days and hours.
struct Compaction {
  /// A local day in minutes since the epoch, and the length its cells should have.
  struct LocalDay {
    let start: Int64
    let end: Int64
    let step: Int64

    /// The UTC days whose chunks hold its cells.
    var chunkDays: ClosedRange<Int64> { Chunk.day(of: start)...Chunk.day(of: end - 1) }
  }

  private let asOf: Instant
  private let tiers: Tiers
  private let zone: ZoneOffsets

  init(asOf: Instant, tiers: Tiers, zone: ZoneOffsets) {
    self.asOf = asOf
    self.tiers = tiers
    self.zone = zone
  }

  /// The last UTC day that can hold cells old enough.
  var lastDay: Int64 {
    Chunk.day(of: (asOf - min(tiers.minute, tiers.fiveMinutes, tiers.hour)).minute)
  }

  /// The local days that touch UTC days whose shortest cells are shorter than they should be, in order.
  func localDays(of candidates: [(day: Int64, step: Int64)]) -> [LocalDay] {
    var days: [LocalDay] = []
    for candidate in candidates {
      let (first, last) = (candidate.day * 1440, candidate.day * 1440 + 1439)
      var date = zone.date(at: Instant(minute: first))
      let until = zone.date(at: Instant(minute: last))
      while date <= until {
        let day = localDay(date)
        if day.step > candidate.step, day.start < day.end, day.start > days.last?.start ?? .min {
          days.append(day)
        }
        date = date.adding(days: 1)
      }
    }
    return days
  }

  private func localDay(_ date: CivilDate) -> LocalDay {
    let (start, end) = (zone.start(of: date), zone.start(of: date.adding(days: 1)))
    let age = asOf - end
    let step: Int64 =
      if age >= tiers.hour { 1440 } else if age >= tiers.fiveMinutes {
        60
      } else if age
        >= tiers.minute
      { 5 } else { 1 }
    return LocalDay(start: start.minute, end: end.minute, step: step)
  }

  /// The chunks of one local day with its cells joined; cells outside of the day stay as they are.
  func changes(of existing: [Chunk], in day: LocalDay, kind: SeriesKind) -> [ChunkChange] {
    var old: [Int64: [Int64: Chunk]] = [:]  // by step, then UTC day
    var outside: [Int64: [Int64: [(cell: Cell, end: Int64)]]] = [:]
    var pool: [(cell: Cell, end: Int64)] = []
    for chunk in existing {
      old[chunk.step, default: [:]][chunk.day] = chunk
      for (index, cell) in chunk.cells.enumerated() {
        let part = (cell: cell, end: chunk.end(at: index))
        if day.start <= cell.minute, cell.minute < day.end, chunk.step <= day.step {
          pool.append(part)
        } else {
          outside[chunk.step, default: [:]][chunk.day, default: []].append(part)
        }
      }
    }
    pool.sort { $0.cell.minute < $1.cell.minute }
    for part in joined(pool, in: day, kind: kind) {
      outside[day.step, default: [:]][Chunk.day(of: part.cell.minute), default: []].append(part)
    }
    var changes: [ChunkChange] = []
    for step in Chunk.steps where step <= day.step {
      for utcDay in day.chunkDays {
        let before = old[step]?[utcDay]
        let parts = (outside[step]?[utcDay] ?? []).sorted { $0.cell.minute < $1.cell.minute }
        guard let last = parts.last, let series = existing.first?.row.series else {
          if let before { changes.append(ChunkChange(old: before, new: nil)) }
          continue
        }
        let after = Chunk(
          series: series, day: utcDay, step: step, ends: last.end, cells: parts.map(\.cell))
        if let before, before.row.bytes == after.row.bytes, before.ends == after.ends { continue }
        changes.append(ChunkChange(old: before, new: after))
      }
    }
    return changes
  }

  private func joined(
    _ pool: [(cell: Cell, end: Int64)], in day: LocalDay, kind: SeriesKind
  ) -> [(cell: Cell, end: Int64)] {
    var result: [(cell: Cell, end: Int64)] = []
    var index = 0
    while index < pool.count {
      let start = start(of: pool[index].cell.minute, in: day)
      var end = index + 1
      while end < pool.count, self.start(of: pool[end].cell.minute, in: day) == start { end += 1 }
      var cell = Cell.joined(pool[index..<end].map(\.cell)[...], kind: kind)
      cell.minute = start
      let usual = day.step == 1440 ? day.end : min(start + day.step, day.end)
      result.append((cell, max(usual, pool[end - 1].end)))
      index = end
    }
    return result
  }

  /// Where the longer cell starts that takes in a minute of the day.
  private func start(of minute: Int64, in day: LocalDay) -> Int64 {
    switch day.step {
    case 1440: return day.start
    case 60:
      let shift = zone.offset(at: Instant(minute: minute)).seconds.dividedDown(by: 60)
      let hour = (minute + shift).dividedDown(by: 60) * 60 - shift
      // An hour in which the clocks change, as by half an hour on Lord Howe, is two cells.
      let start = max(hour, day.start)
      guard start < minute,
        let change = zone.changes(
          in: Window(start: Instant(minute: start), end: Instant(minute: minute))
        ).last
      else { return start }
      return max(start, change.at.minute)
    default: return max(minute.dividedDown(by: day.step) * day.step, day.start)
    }
  }
}
