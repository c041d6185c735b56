import Analytics
import Definitions
import History
import Model
import Reports

/// Loads an objective's history and computes its figures.
struct Evaluation {
  let project: Project
  let store: HistoryStore

  /// The figures as of an instant; with a report's period also its own counts and the trail of the seven before it.
  func facts(
    of objective: Objective, asOf: Instant, period: ReportPeriod? = nil,
    doubts: [Assessment.Doubt] = []
  ) throws -> ObjectiveFacts {
    let zone = project.zone
    var earliest = min(objective.window.window(at: asOf, in: zone).start, asOf - .days(29))
    let ends = period.map { period in
      (1...7).reversed().map { period.moved(by: -$0).window(in: zone).end }
    }
    if let first = ends?.first {
      earliest = min(earliest, objective.window.window(at: first, in: zone).start)
    }
    let span = Window(start: earliest, end: asOf)
    let (series, firstData, spans) = try load(objective, span: span)
    let measurement = Measurement(objective, series: series, span: span, spans: spans)
    // Without a good event ever the good series may be missing; the total is never.
    let needed: [Selector] =
      if case .ratio(_, let total) = objective.indicator { [total] } else {
        objective.indicator.selectors
      }
    let missing = needed.filter { selector in
      !selector.name.isEmpty && !series.contains { selector.matches($0.id) }
    }.map { Assessment.Doubt.noSeries($0.text) }
    func assess(at instant: Instant, more: [Assessment.Doubt]) -> Assessment {
      Assessment(
        objective, measurement, asOf: instant, firstData: firstData,
        staleAfter: project.configuration.staleAfter, more: more, zone: zone)
    }
    let trail = ends?.map { end -> Double? in
      let assessment = assess(at: end, more: [])
      guard assessment.state != .notJudged, let left = assessment.budget?.left, left.isFinite else {
        return nil
      }
      return left
    }
    return ObjectiveFacts(
      assess(at: asOf, more: doubts + missing), tally: measurement.tally,
      period: period?.window(in: zone), trail: trail ?? [])
  }

  private func load(_ objective: Objective, span: Window) throws -> (
    series: [Series], firstData: Instant?, spans: WindowSet
  ) {
    let reach = Window(start: span.start - objective.indicator.lookBack, end: span.end)
    var series: [SeriesID: Series] = [:]
    var first: Instant?
    var spans = WindowSet()
    do {
      for selector in Set(objective.indicator.selectors) {
        for loaded in try store.load(selector, in: reach) { series[loaded.id] = loaded }
        if let oldest = try store.firstData(of: selector) { first = min(first ?? oldest, oldest) }
        spans = spans.union(try store.spans(of: selector.source))
      }
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
    return (series.values.sorted { $0.id < $1.id }, first, spans)
  }
}
