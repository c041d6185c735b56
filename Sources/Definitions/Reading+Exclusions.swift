import Model

extension Reading {
  /// A list of agreed times: once from an instant to another, or on days of the week from one time of the day to another.
  mutating func exclusions(_ entry: Entry) -> [Exclusion] {
    guard case .list(let items) = entry.value.content else {
      note(.wrongType(expected: .list), at: entry.value.position)
      return []
    }
    return items.compactMap { exclusion($0) }
  }

  private mutating func exclusion(_ item: Value) -> Exclusion? {
    guard
      let section = section(
        item, at: item.position,
        keys: ["from", "to", "days", "since", "until", "reason", "by", "entered"])
    else { return nil }
    let reason = required("reason", of: section).flatMap { text($0.value)?.value }
    let author = section["by"].flatMap { text($0.value)?.value }
    let entered = section["entered"].flatMap { instant($0.value) }
    let time = section["days"] == nil ? once(section) : weekly(section)
    guard let reason, let time else { return nil }
    return Exclusion(time, reason: reason, author: author, entered: entered)
  }

  private mutating func once(_ section: Section) -> Exclusion.Time? {
    for other in section.entries where ["since", "until"].contains(other.key) {
      note(.conflictingKeys([other.key, "from"]), at: other.position)
    }
    let start = required("from", of: section).flatMap { instant($0.value) }
    let end = required("to", of: section).flatMap { instant($0.value) }
    guard let start, let end else { return nil }
    guard start < end else {
      note(.endsBeforeStart, at: section.position)
      return nil
    }
    return .once(Window(start: start, end: end))
  }

  private mutating func weekly(_ section: Section) -> Exclusion.Time? {
    let names = CivilDate.weekdayNames
    var days: Set<Int> = []
    if let list = section["days"] {
      if case .list(let items) = list.value.content {
        for item in items {
          if let name = choice(item, names), let day = names.firstIndex(of: name) {
            days.insert(day + 1)
          }
        }
      } else {
        note(.wrongType(expected: .list), at: list.value.position)
      }
    }
    let from = required("from", of: section).flatMap { clock($0.value) }
    let to = required("to", of: section).flatMap { clock($0.value) }
    let first = section["since"].flatMap { day($0.value) }
    let last = section["until"].flatMap { day($0.value) }
    guard let from, let to, !days.isEmpty else { return nil }
    return .weekly(Exclusion.Weekly(days: days, from: from, to: to, first: first, last: last))
  }

  /// An instant with its offset; a day alone is its midnight in UTC.
  mutating func instant(_ value: Value) -> Instant? {
    guard let text = text(value) else { return nil }
    if let instant = Instant(iso: text.value) { return instant }
    if let day = ReportPeriod(.day, name: text.value) {
      return Instant(seconds: day.first.dayNumber * 86_400)
    }
    note(.badInstant(text.raw), at: value.position)
    return nil
  }

  mutating func day(_ value: Value) -> CivilDate? {
    guard let text = text(value) else { return nil }
    if let day = ReportPeriod(.day, name: text.value) { return day.first }
    note(.badInstant(text.raw), at: value.position)
    return nil
  }

  /// "02:00" to "24:00", in minutes of the day.
  private mutating func clock(_ value: Value) -> Int? {
    guard let text = text(value) else { return nil }
    let parts = text.value.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0..<60).contains(minute), (0...24).contains(hour),
      hour < 24 || minute == 0
    {
      return hour * 60 + minute
    }
    note(.badClock(text.raw), at: value.position)
    return nil
  }
}
