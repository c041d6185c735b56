import Model

extension Reading {
  mutating func capacity(_ entry: Entry, service: String, owner: String?) -> CapacityItem? {
    guard
      let section = section(
        entry.value, at: entry.position,
        keys: [
          "title", "source", "value", "where", "query", "limit", "warning", "critical",
          "lead_time", "unit", "daily", "by",
        ])
    else { return nil }
    let value = series(["value"], shape: .levels, of: section)?.selector
    let title = section["title"].flatMap { text($0.value)?.value }
    let daily = section["daily"].flatMap {
      choice($0.value, CapacityItem.Daily.allCases.map(\.rawValue))
    }
    let leadTime = section["lead_time"].flatMap { duration($0.value) }
    var unit = section["unit"].flatMap { text($0.value)?.value }
    let by = section["by"].map { labels(of: $0) } ?? []
    var limit: CapacityItem.Limit?
    if let entry = section["limit"] {
      guard let read = self.limit(entry, of: section) else { return nil }
      limit = read.limit
      if read.isSize { unit = unit ?? "bytes" }
    } else {
      for key in ["warning", "critical", "lead_time"] {
        if let other = section[key] { note(.missingKey("limit"), at: other.position) }
      }
    }
    guard let value else { return nil }
    return CapacityItem(
      service: service, name: entry.key, title: title, owner: owner, value: value, limit: limit,
      daily: daily.flatMap(CapacityItem.Daily.init) ?? .worst, by: by, leadTime: leadTime,
      unit: unit)
  }

  private mutating func labels(of entry: Entry) -> [String] {
    guard case .list(let items) = entry.value.content, !items.isEmpty else {
      note(.wrongType(expected: .list), at: entry.value.position)
      return []
    }
    return items.compactMap { text($0)?.value }
  }

  /// A number or size, a list of dated ones, a metric or query, or `below` for what runs out.
  private mutating func limit(
    _ entry: Entry, of item: Section
  ) -> (limit: CapacityItem.Limit, isSize: Bool)? {
    var side = CapacityItem.Side.rising
    let found: (bound: CapacityItem.Bound, isSize: Bool)?
    switch entry.value.content {
    case .mapping(let entries) where entries.contains { $0.key == "below" }:
      side = .falling
      let below = section(entry.value, at: entry.position, keys: ["below"]).flatMap {
        required("below", of: $0)
      }
      found = below.flatMap { bound($0, .falling, of: item) }
    case .nothing, .text, .mapping, .list: found = bound(entry, .rising, of: item)
    }
    guard let found else { return nil }
    let before = findings.count
    func threshold(_ key: String, _ standard: Int64) -> CapacityItem.Threshold? {
      guard let entry = item[key] else { return side == .rising ? .share(standard) : nil }
      switch side {
      case .rising: return share(entry.value).map(CapacityItem.Threshold.share)
      case .falling: return size(entry.value).map { .value($0.value) }
      }
    }
    let warning = threshold("warning", 800_000_000)
    let critical = threshold("critical", 900_000_000)
    if findings.count == before, let entry = item["warning"] ?? item["critical"],
      let warning, let critical, !warning.comes(before: critical, on: side)
    {
      note(.outOfRange(rawText(entry.value), .warningBeforeCritical), at: entry.value.position)
    }
    return (
      CapacityItem.Limit(found.bound, side: side, warning: warning, critical: critical),
      found.isSize
    )
  }

  private mutating func bound(
    _ entry: Entry, _ side: CapacityItem.Side, of item: Section
  ) -> (bound: CapacityItem.Bound, isSize: Bool)? {
    switch entry.value.content {
    case .nothing, .text:
      return limitSize(entry.value, side).map {
        (.dated([CapacityItem.Step(from: nil, value: $0.value)]), $0.isSize)
      }
    case .list(let items): return dated(items, side, at: entry.value.position)
    case .mapping:
      guard
        let section = section(
          entry.value, at: entry.position, keys: ["source", "value", "where", "query"])
      else { return nil }
      let own = section["source"].map { [$0] } ?? item["source"].map { [$0] } ?? []
      let whole = Section(
        position: section.position,
        entries: own + section.entries.filter { $0.key != "source" },
        suspected: section.suspected)
      return series(["value"], shape: .levels, of: whole).map { (.measured($0.selector), false) }
    }
  }

  /// `[{ value: 500GiB }, { from: 2026-09-01, value: 1TiB }]`.
  private mutating func dated(
    _ items: [Value], _ side: CapacityItem.Side, at position: Position
  ) -> (bound: CapacityItem.Bound, isSize: Bool)? {
    var steps: [CapacityItem.Step] = []
    var isSize = false
    for item in items {
      guard let section = section(item, at: item.position, keys: ["from", "value"]),
        let value = required("value", of: section).flatMap({ limitSize($0.value, side) })
      else { return nil }
      isSize = isSize || value.isSize
      var from: CivilDate?
      if let entry = section["from"] {
        guard let day = day(entry.value) else { return nil }
        if let last = steps.last, last.from.map({ $0 >= day }) ?? false {
          note(.outOfRange(rawText(entry.value), .inOrder), at: entry.value.position)
        }
        from = day
      } else if !steps.isEmpty {
        note(.missingKey("from"), at: section.position)
      }
      steps.append(CapacityItem.Step(from: from, value: value.value))
    }
    guard !steps.isEmpty else {
      note(.wrongType(expected: .list), at: position)
      return nil
    }
    return (.dated(steps), isSize)
  }

  /// Nothing rises to 0; free space may fall to it.
  private mutating func limitSize(
    _ value: Value, _ side: CapacityItem.Side
  ) -> (value: Double, isSize: Bool)? {
    guard let size = size(value) else { return nil }
    if size.value > 0 || size.value == 0 && side == .falling { return size }
    note(.outOfRange(rawText(value), .positive), at: value.position)
    return nil
  }

  /// A number, or a size such as `500GiB` in bytes.
  private mutating func size(_ value: Value) -> (value: Double, isSize: Bool)? {
    guard let text = text(value) else { return nil }
    if let size = ScalarText.size(text.value) { return size }
    note(.badSize(text.raw), at: value.position)
    return nil
  }
}

extension CapacityItem.Threshold {
  /// Whether values that approach the limit meet this one first.
  fileprivate func comes(before other: CapacityItem.Threshold, on side: CapacityItem.Side) -> Bool {
    switch (self, other) {
    case (.share(let one), .share(let two)): one < two
    case (.value(let one), .value(let two)): side == .rising ? one < two : one > two
    case (.share, .value), (.value, .share): true
    }
  }
}
