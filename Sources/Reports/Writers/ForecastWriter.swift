public import Model

/// What `forecast` says: the same facts for a terminal, as Markdown and as CSV.
public struct ForecastWriter {
  let facts: ForecastFacts
  let zone: ZoneOffsets

  public init(_ facts: ForecastFacts, zone: ZoneOffsets) { (self.facts, self.zone) = (facts, zone) }

  private func words(_ item: CapacityFacts) -> CapacityWords {
    CapacityWords(item)
  }

  private var lastDay: CivilDate {
    zone.date(at: facts.asOf - .nanoseconds(1)).adding(days: facts.horizonDays)
  }

  /// "1 of 4 resources needs action: order db-1 storage by Thu 5 Nov.", in one sentence.
  var headline: String {
    guard !facts.items.isEmpty else { return "Nothing to forecast." }
    let acting = facts.items.filter(\.needsAction)
    let all = Wording.counted(facts.items.count, "resource")
    guard let first = acting.first else {
      let lacking = facts.items.count(where: \.lacksPrediction)
      let rest = lacking > 0 ? ", \(lacking) without a prediction for lack of data" : ""
      return "None of \(all) needs action within \(facts.horizonDays) days\(rest)."
    }
    let verb = acting.count == 1 ? "needs" : "need"
    let due = first.due
    let name = Escape.cleaned(first.title)
    let what =
      if let day = first.orderBy {
        "order \(name) by \(Wording.day(day))"
      } else if due?.answer == .passed {
        "\(name) has passed its \(first.critical == nil ? "limit" : "critical share")"
      } else if let likely = due?.likely {
        "\(name) is likely to reach its \(first.critical == nil ? "limit" : "critical share") on \(Wording.day(likely))"
      } else {
        name
      }
    return "\(acting.count) of \(all) \(verb) action: \(what)."
  }

  private var instant: String {
    "As of \(Wording.moment(facts.asOf, in: zone)) \(zone.offset(at: facts.asOf).abbreviation)."
  }

  private func sign(_ item: CapacityFacts, ascii: Bool) -> String {
    let due = item.due
    if due?.answer == .passed { return ascii ? "XX" : "✕" }
    let isLate = item.orderBy.map { $0 <= zone.date(at: facts.asOf) } ?? false
    if item.needsAction || isLate { return ascii ? "!!" : "!" }
    return item.forecast == nil || item.limitIsUnknown ? (ascii ? "--" : "–") : ascii ? "OK" : "✓"
  }

  private var head: [String] {
    [
      "Now", Wording.date(lastDay), "Warning", "Critical", "Limit", "Order by",
    ]
  }

  private func cells(_ item: CapacityFacts) -> [String] {
    let words = words(item)
    return [
      words.now, words.ahead, words.date(of: item.warning), words.date(of: item.critical),
      words.date(of: item.limit), item.orderBy.map { Wording.date($0) } ?? "–",
    ]
  }

  private var failures: [String] {
    facts.incomplete.map { Escape.cleaned("Source \($0.source): \($0.reason)").ended }
  }

  /// For a terminal; `columns` are its width, `nil` where there is none.
  public func text(columns: Int?, ascii: Bool) -> String {
    var lines = [headline, instant] + failures
    guard !facts.items.isEmpty else { return Wording.plain(lines.joined(separator: "\n")) + "\n" }
    lines.append("")
    let isWide = columns.map { $0 >= 120 } ?? true
    let rows = facts.items.map { item in
      [sign(item, ascii: ascii), String(Escape.cleaned(item.title).prefix(30))] + cells(item)
        + (isWide ? [words(item).sparkline(width: 15, ascii: ascii)] : [])
    }
    let head = ["", ""] + head + (isWide ? ["Last 90 days"] : [])
    lines += Table.plain(head: head.map { $0.uppercased() }, rows: rows, right: [])
    lines.append("")
    for item in facts.items {
      let words = words(item)
      let method = Escape.cleaned("\(item.title): \(words.method)").ended
      lines.append("\(ascii ? "-" : "•") \(method)")
    }
    return Wording.plain(
      lines.map { line in
        var line = line
        while line.last == " " { line.removeLast() }
        return line
      }.joined(separator: "\n")) + "\n"
  }

  public func markdown() -> String {
    var lines = ["# Capacity", "", "**\(Escape.markdown(headline))** \(instant)", ""]
    for failure in failures { lines += ["- \(Escape.markdown(failure))"] }
    if !failures.isEmpty { lines.append("") }
    let rows = facts.items.map { item in
      ["\(sign(item, ascii: false)) \(Escape.markdown(item.title))"] + cells(item)
    }
    lines += Table.markdown(head: ["Resource"] + head, rows: rows, right: [1])
    lines.append("")
    for item in facts.items {
      lines.append("- \(Escape.markdown(item.title)): \(Escape.markdown(words(item).method).ended)")
    }
    return Wording.plain(lines.joined(separator: "\n")) + "\n"
  }

  /// One line for each item; numbers unrounded, days in ISO 8601, nothing where there is none.
  public func csv() -> String {
    let head = [
      "name", "unit", "now", "share", "day", "mean", "lower80", "upper80", "lower95", "upper95",
      "warning", "critical", "limit", "warning_answer", "critical_answer", "limit_answer",
      "critical_earliest", "critical_likely", "critical_latest", "earliest", "likely", "latest",
      "order_by", "held", "origins", "reason",
    ]
    let rows = facts.items.map { item -> [String] in
      let (forecast, due) = (item.forecast, item.limit)
      let start = [
        item.name, item.unit ?? "", number(item.now?.value), number(item.now?.share),
        forecast?.day.text ?? "",
      ]
      let outlook = [
        forecast?.mean, forecast?.lower80, forecast?.upper80, forecast?.lower95, forecast?.upper95,
        item.warning?.value, item.critical?.value, due?.value,
      ].map(number)
      let answers = [item.warning, item.critical, due].map { $0?.answer.rawValue ?? "" }
      let critical = item.critical
      let days = [
        critical?.earliest, critical?.likely, critical?.latest, due?.earliest, due?.likely,
        due?.latest,
        item.orderBy,
      ].map { $0?.text ?? "" }
      let record = [forecast?.held, forecast?.origins].map { $0.map(String.init) ?? "" }
      let reason = item.doubt ?? due?.reason
      return start + outlook + answers + days + record + [reason?.reason.rawValue ?? ""]
    }
    return ([head] + rows).map { $0.map(Escape.csv).joined(separator: ",") + "\n" }.joined()
  }

  private func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
