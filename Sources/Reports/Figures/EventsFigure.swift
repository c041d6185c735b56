import Analytics
import Charts
public import Model

/// How much happened in an objective's window; it takes ``EventsFacts``, and nothing from a report.
public struct Events: FigureKind {
  public let name = "events"
  public let shows = "how much happened in an objective's window, minute by minute"

  public func figure(of report: Report) -> Figure? { nil }
}

extension Figure {
  /// How much happened over time; of time itself, the minutes that were looked at.
  public init(_ facts: EventsFacts, zone: ZoneOffsets) {
    let noun =
      switch facts.unit {
      case .events, .millionths: "Events"
      case .checks: "Checks"
      case .slices, .billionths: "Slices"
      case .time: "Minutes measured"
      }
    let span = Wording.days(of: facts.window, in: zone)
    let isEmpty = facts.values.isEmpty
    let chart = LineChart(
      domain: facts.window, times: facts.times, values: facts.values, gaps: facts.gaps, unit: "",
      startsAtZero: true,
      absence: Absence(
        title: facts.gaps.isEmpty ? "No events" : "No data", detail: span,
        isMissing: !facts.gaps.isEmpty), zone: zone)
    let most = facts.values.indices.max { facts.values[$0] < facts.values[$1] }
    self.init(
      name: "events", heading: Wording.heading(facts.title, ": \(noun.lowercased()) over time"),
      subheading: "\(noun) in \(Wording.duration(facts.step)), \(span). "
        + "At each point the lowest and the highest.",
      description: "\(noun) of \(facts.title), \(span): "
        + (isEmpty
          ? "none."
          : "\(Wording.count(Int64(clamping: facts.values.reduce(0, +)))) in all"
            + (most.map {
              ", at most \(Wording.count(Int64(clamping: facts.values[$0]))) in \(Wording.duration(facts.step)), on "
                + Wording.moment(Instant(seconds: facts.times[$0]), in: zone)
            } ?? "") + ".")
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }
}
