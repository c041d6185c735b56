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
    blocks.append(
      .list(
        shown.flatMap { item in
          let words = CapacityWords(item)
          return [
            words.changed(since: story.period.before), words.scored,
            "\(item.title): \(words.method)".ended,
          ]
          .compactMap(\.self)
        }, name: "capacityNotes"))
    return Section(name: .capacity, heading: "Capacity", blocks: blocks)
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
