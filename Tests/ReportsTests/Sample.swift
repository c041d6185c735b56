import Analytics
import Model
import Synchronization

@testable import Reports

/// Facts of made-up objectives: all of week 42 of 2026, read every minute.
enum Sample {
  static let period = ReportPeriod(.week, containing: CivilDate(year: 2026, month: 10, day: 12))
  static var end: Instant { period.window(in: .utc).end }

  private struct Key: Hashable {
    let title: [UInt8]
    let bad: ClosedRange<Int64>?
    let days: Int64
    let target: Int64
  }

  private static let made = Mutex<[Key: ObjectiveFacts]>([:])

  /// One event a minute for 40 days, of which those in `bad` (minutes before the end) are bad; measured once.
  static func objective(
    _ title: String, bad: ClosedRange<Int64>? = nil, days: Int64 = 40, target: Int64 = 990_000_000
  ) throws -> ObjectiveFacts {
    let key = Key(title: Array(title.utf8), bad: bad, days: days, target: target)
    if let facts = made.withLock({ $0[key] }) { return facts }
    let facts = try measured(title, bad: bad, days: days, target: target)
    made.withLock { $0[key] = facts }
    return facts
  }

  private static func measured(
    _ title: String, bad: ClosedRange<Int64>?, days: Int64, target: Int64
  ) throws -> ObjectiveFacts {
    let last = end.seconds / 60
    let minutes = Array((last - days * 1440)..<last)
    let tally = Tally(
      minutes: minutes, good: minutes.map { bad?.contains(last - $0) == true ? 0 : 1 },
      total: minutes.map { _ in 1 })
    let span = Window(start: end - .days(days), end: end)
    var measurement = Measurement(
      tally: tally, unit: .events,
      observation: Observation(interval: .seconds(60), observed: WindowSet([span])))
    measurement.since = span.start
    let selector = Selector(source: "m", name: "x")
    let objective = Objective(
      service: "shop", name: title, title: title,
      indicator: .ratio(good: selector, total: selector),
      target: try Target(partsPerBillion: target), window: .rolling(.days(30)))
    let assessment = Assessment(
      objective, measurement, asOf: end, firstData: span.start, staleAfter: .days(1), zone: .utc)
    return ObjectiveFacts(
      assessment, measurement: measurement, period: period.window(in: .utc),
      trail: [0.9, nil, 0.8, 0.7, 0.6, 0.5, 0.4], zone: .utc)
  }

  static func facts(_ objectives: [ObjectiveFacts], title: String = "Shop") -> ReportFacts {
    let window = period.window(in: .utc)
    return ReportFacts(
      kind: .weekly, title: title,
      period: ReportFacts.Period(
        name: period.name, start: window.start, end: window.end, zone: "UTC", zoneRelease: nil),
      made: window.end + .hours(6), program: "sloreport test", objectives: objectives,
      incomplete: [],
      clockChanges: [])
  }
}

extension Sample {
  /// An incident of the service "shop", so many minutes after the period's start.
  static func incident(
    _ id: String, at start: Int64 = 0, lasting minutes: Int64? = 134, severity: Severity = .major,
    title: String? = nil, services: [String] = [], cause: String? = nil
  ) -> IncidentFacts {
    let started = period.window(in: .utc).start + .minutes(start)
    return IncidentFacts(
      Incident(
        id: id, title: title ?? id, services: services, severity: severity, started: started,
        resolved: minutes.map { started + .minutes($0) }, cause: cause),
      service: "shop", title: "Shop", asOf: end)
  }

  /// The facts of a week with incidents.
  static func facts(
    _ objectives: [ObjectiveFacts], incidents: [IncidentFacts]?, known: Double = 1,
    unusable: Int64 = 0
  ) -> ReportFacts {
    let week = facts(objectives)
    return ReportFacts(
      kind: .weekly, title: week.title, period: week.period, made: week.made,
      program: week.program, objectives: objectives, incomplete: [], clockChanges: [],
      incidents: incidents, incidentsKnown: known, incidentsUnusable: unusable,
      services: [
        ReportFacts.ServiceFacts(
          name: "shop", title: "Shop", owner: nil, tellsIncidents: incidents != nil)
      ])
  }
}

extension Sample {
  /// An item with a limit of 150, one value a day up to the last day of week 42.
  static func capacity(
    _ name: String, _ values: [Double], leadTime: Duration? = nil, unit: String? = nil,
    asOf: Instant = Sample.end
  ) -> CapacityFacts {
    var builder = CellBuilder()
    for (index, value) in values.enumerated() {
      let noon = asOf - .days(Int64(values.count - index)) + .hours(12)
      builder.add(value, at: noon.nanoseconds)
    }
    let selector = Selector(source: "m", name: "v")
    return CapacityFacts(
      CapacityAssessment(
        CapacityItem(
          service: "shop", name: name, value: selector,
          limit: .init(
            .dated([.init(from: nil, value: 150)]), side: .rising, warning: .share(800_000_000),
            critical: .share(900_000_000)), leadTime: leadTime, unit: unit),
        series: [
          Series(id: SeriesID(source: "m", name: "v"), kind: .samples, cells: builder.finish())
        ], asOf: asOf, horizon: 30, zone: .utc))
  }

  /// The facts of a week with items of capacity.
  static func facts(
    _ objectives: [ObjectiveFacts], capacity: [CapacityFacts]
  ) -> ReportFacts {
    let week = facts(objectives)
    return ReportFacts(
      kind: .weekly, title: week.title, period: week.period, made: week.made,
      program: week.program, objectives: objectives, incomplete: [], clockChanges: [],
      capacity: capacity)
  }
}
