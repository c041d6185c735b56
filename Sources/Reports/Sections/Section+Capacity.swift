import Model

extension Section {
  /// What fills up and when, worst first; `nil` where no item is configured.
  static func capacity(_ story: Story) -> Section? {
    guard let first = story.capacity.first else { return nil }
    var blocks: [Block] = []
    if let figure = Outlook().figure(story) { blocks.append(.figure(figure)) }
    let last = first.forecast?.day ?? story.capacity.lazy.compactMap(\.forecast?.day).first
    let shown = story.capacity.prefix(12)
    let rest = story.capacity.count - shown.count
    blocks.append(
      .table(
        ReportTable(
          columns: [
            .init(title: "Resource", detail: "Limit"), .init(title: "Now", kind: .number),
            .init(title: last.map { Wording.date($0) } ?? "Ahead", kind: .number),
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
    blocks.append(.list(notes(on: story.capacity, in: story.period), name: "capacityNotes"))
    return Section(name: .capacity, heading: "Capacity", blocks: blocks)
  }

  /// What differs from earlier reports, and how forecasts are made; those of calm items in one sentence.
  private static func notes(on items: [CapacityFacts], in period: PeriodWords) -> [String] {
    let calm = items.filter(\.isCalm)
    let unknown = items.filter { $0.doubt?.reason == .noData }
    let lines =
      items.flatMap { item -> [String] in
        let words = CapacityWords(item)
        let isTold = item.isCalm && calm.count > 1 || item.doubt?.reason == .noData
        let method = isTold ? nil : "\(item.title): \(words.method)".ended
        return [words.changed(since: period.before), words.scored, method].compactMap(\.self)
      } + (unknown.isEmpty ? [] : ["No data, so no prediction: \(named(unknown))."])
    guard calm.count > 1 else { return lines }
    let (held, origins) = calm.compactMap(\.forecast).reduce((0, 0)) {
      ($0.0 + $1.held, $0.1 + $1.origins)
    }
    let record =
      origins > 0
      ? ": their 95\(Wording.space)% intervals held \(held) of \(origins) times" : ""
    return lines + [
      "\(Wording.number(calm.count).capitalizedFirst) \(calm.count == items.count ? "" : "other ")resources meet no threshold within 30 days\(record)."
    ]
  }

  /// "a, b and 3 others".
  private static func named(_ items: [CapacityFacts]) -> String {
    let rest = items.count - 4
    return Wording.listed(
      items.prefix(rest > 1 ? 4 : 5).map(\.title) + (rest > 1 ? ["\(rest) others"] : []))
  }

  /// What rises, falls, jumped or was unusual, each only where a rule proves it.
  static func trends(_ story: Story) -> Section? {
    let lines = story.trends
    guard story.facts.objectives.contains(where: { $0.trend != nil }) else { return nil }
    return Section(
      name: .trends, heading: "Trends",
      blocks: lines.isEmpty
        ? [.text("Not yet a trend: nothing rises or falls by more than chance explains.")]
        : [.list(lines, name: "trends")])
  }
}
