import Model

extension Section {
  /// What fills up and when, worst first; `nil` where no item is configured.
  static func capacity(_ story: Story) -> Section? {
    guard let first = story.capacity.first else { return nil }
    var blocks: [Block] = []
    if let figure = ForecastFigure().figure(story) { blocks.append(.figure(figure)) }
    let last = first.forecast?.day ?? story.capacity.lazy.compactMap(\.forecast?.day).first
    let shown = story.capacity.prefix(12)
    let rest = story.capacity.count - shown.count
    blocks.append(
      .table(
        ReportTable(
          columns: [
            .init(title: "Resource", detail: "Limit"), .init(title: "Now", kind: .number),
            .init(title: last.map { Wording.date($0) } ?? "Ahead"),
            .init(title: "Warning", kind: .short), .init(title: "Critical", kind: .short),
            .init(title: "Limit met", kind: .short), .init(title: "Order by", kind: .short),
          ],
          rows: shown.map { item in
            let words = CapacityWords(item)
            return [
              .detailed(item.title, below: words.limit), .text(words.now), .text(words.ahead),
              .text(words.date(of: item.warning)), .text(words.date(of: item.critical)),
              .text(words.date(of: item.limit)),
              .text(item.orderBy.map { Wording.date($0) } ?? "–"),
            ]
          }, rest: rest > 0 ? "And \(rest) more: see \(story.numbers)." : nil)))
    blocks.append(.list(notes(on: story.capacity, in: story), name: "capacityNotes"))
    return Section(name: .capacity, heading: "Capacity", blocks: blocks)
  }

  /// What differs from earlier reports, and how forecasts are made; those of calm items in one sentence.
  private static func notes(on items: [CapacityFacts], in story: Story) -> [String] {
    let calm = items.filter(\.isCalm)
    let unlimited = items.filter(\.isUnlimited)
    let unknown = items.filter { $0.doubt?.reason == .noData }
    var lines = (story.facts.capacityIncomplete ?? []).map {
      "Source \($0.source): \($0.reason)".ended
    }
    for item in items {
      let words = CapacityWords(item)
      lines += [words.changed(since: story.period.before), words.scored].compactMap(\.self)
      let isTold =
        item.isCalm && calm.count > 1 || item.isUnlimited && unlimited.count > 1
        || item.doubt?.reason == .noData
      if !isTold { lines.append("\(item.title): \(words.method)".ended) }
    }
    if calm.count > 1 {
      lines.append(
        "\(Wording.number(calm.count).capitalizedFirst) \(calm.count == items.count ? "" : "other ")resources meet no threshold within 30 days\(record(of: calm))."
      )
    }
    if unlimited.count > 1 {
      lines.append(
        "\(Wording.number(unlimited.count).capitalizedFirst) resources have no limit\(record(of: unlimited))."
      )
    }
    if !unknown.isEmpty { lines.append("No data, so no prediction: \(named(unknown)).") }
    return lines
  }

  /// ": their 95 % intervals held 18 of 18 times"; nothing without any that came due.
  private static func record(of items: [CapacityFacts]) -> String {
    let forecasts = items.compactMap(\.forecast)
    let origins = forecasts.reduce(0) { $0 + $1.origins }
    let held = forecasts.reduce(0) { $0 + $1.held }
    return origins > 0
      ? ": their 95\(Wording.space)% intervals held \(held) of \(origins) times" : ""
  }

  /// "a, b and 3 others".
  private static func named(_ items: [CapacityFacts]) -> String {
    let rest = items.count - 4
    return Wording.listed(
      items.prefix(rest > 1 ? 4 : 5).map(\.title) + (rest > 1 ? ["\(rest) others"] : []))
  }
}
