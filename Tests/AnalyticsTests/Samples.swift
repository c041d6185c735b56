import Analytics
import Model

/// A series of samples `every` seconds apart, the first at `start`; `nil` is a missing one.
func samples(
  _ values: [Double?], _ name: String = "total", _ labels: [Label] = [], every: Int64 = 60,
  from start: Int64 = 0
) -> Series {
  var builder = CellBuilder()
  for (index, value) in values.enumerated() {
    if let value { builder.add(value, at: (start + Int64(index) * every) * 1_000_000_000) }
  }
  return Series(
    id: SeriesID(source: "m", name: name, labels: labels), kind: .samples, cells: builder.finish())
}

/// A column of a table of rows: amounts at the start of minutes.
func rows(_ amounts: [(minute: Int64, amount: Double)], _ labels: [Label]) -> Series {
  let cells = amounts.map { row in
    var cell = Cell(minute: row.minute)
    cell.add(row.amount, at: row.minute * 60_000_000_000)
    return cell
  }
  return Series(id: SeriesID(source: "m", name: "", labels: labels), kind: .rows, cells: cells)
}

func selector(_ name: String, _ matchers: [Selector.Matcher] = []) -> Selector {
  Selector(source: "m", name: name, matchers: matchers)
}

/// A window in seconds since the epoch.
func span(_ start: Int64, _ end: Int64) -> Window {
  Window(start: Instant(seconds: start), end: Instant(seconds: end))
}

func date(_ year: Int, _ month: Int, _ day: Int) -> Instant {
  Instant(seconds: CivilDate(year: year, month: month, day: day).dayNumber * 86_400)
}

func percent(_ number: Int64, perMille: Int64 = 0) throws -> Target {
  try Target(partsPerBillion: number * 10_000_000 + perMille * 1_000_000)
}

func objective(
  _ target: Target,
  _ indicator: Indicator = .ratio(good: selector("good"), total: selector("total")),
  window: WindowRule = .rolling(.days(28)),
  method: BudgetingMethod = .occurrences, missing: Objective.MissingRule = .ignore,
  policy: BudgetPolicy = .standard, minimumCoverage: Int64 = 900_000_000,
  minimumHistory: Duration = .days(14)
) -> Objective {
  Objective(
    service: "shop", name: "orders", indicator: indicator, target: target, window: window,
    method: method, missing: missing, policy: policy, minimumCoverage: minimumCoverage,
    minimumHistory: minimumHistory)
}

/// Europe/Berlin in 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
let berlin = ZoneOffsets(
  name: "Europe/Berlin",
  first: ZoneOffsets.Offset(seconds: 3600, isDaylight: false, abbreviation: "CET"),
  changes: [1_774_746_000, 1_792_890_000],
  offsets: [
    ZoneOffsets.Offset(seconds: 7200, isDaylight: true, abbreviation: "CEST"),
    ZoneOffsets.Offset(seconds: 3600, isDaylight: false, abbreviation: "CET"),
  ])

/// An incident at seconds since the epoch.
func incident(
  _ id: String, _ started: Int64, _ resolved: Int64?, _ severity: Severity = .major,
  services: [String] = [], detected: Int64? = nil, acknowledged: Int64? = nil,
  cause: String? = nil
) -> Incident {
  Incident(
    id: id, title: id, services: services, severity: severity,
    started: Instant(seconds: started), detected: detected.map(Instant.init(seconds:)),
    acknowledged: acknowledged.map(Instant.init(seconds:)),
    resolved: resolved.map(Instant.init(seconds:)), cause: cause)
}
