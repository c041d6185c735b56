import Definitions

/// A file that uses every key once.
let fullSample = """
  title: All
  timezone: Europe/Berlin
  stale_after: 12h
  history: data/history.db
  reports: out
  retention: { minute: 10d, five_minutes: 20d, hour: 40d }
  sources:
    metrics: { files: "snapshots/*.om.gz" }
    exports: { files: "exports/*.csv", time: mtime, partial: accept }
    readings:
      files: "readings/*.csv"
      csv:
        delimiter: ";"
        time: "%d.%m.%Y %H:%M:%S"
        timezone: Europe/Berlin
        columns: { time: Zeitpunkt, value: Wert }
  policy: &policy
    name: P-1
    bands:
      - { below: 10%, name: closed, action: Stop, gate: closed }
      - { name: open, gate: open }
  services:
    shop:
      title: The shop
      owner: web
      policy: *policy
      slos:
        orders:
          title: Orders succeed
          objective: 99.9%
          window: 28d
          ratio: { source: metrics, good: 'orders_total{code!~"5.."}', total: orders_total }
          method: { timeslices: 5m, target: 95% }
          missing: bad
          minimum_coverage: 80%
          minimum_history: 7d
          series: may_end
          policy: *policy
        rows: { objective: 99%, window: month, ratio: { source: exports, where: { service: a } } }
        latency:
          objective: 95%
          window: week
          latency: { source: metrics, histogram: 'seconds{path="/"}', at_most: 250ms }
          method: { ratio_timeslices: 1h }
        queue:
          objective: 99%
          window: quarter
          slices: { source: metrics, value: depth, at_least: -1.5e2, every: 5m }
          method: occurrences
        depth: { objective: 99%, window: 1w, slices: { source: exports, where: {}, at_most: 100 } }
        fresh: { objective: 99%, window: day, freshness: { source: metrics, newest: at, at_most: 8h } }
        up: { objective: 100%, window: 36h, availability: { source: metrics, up: 'up{job="x"}' } }
        beat: { objective: 99%, window: 2w, availability: { source: metrics, heartbeat: runs, within: 1h30m } }
        log: { objective: 99%, window: 30d, availability: { source: exports, where: { a: b }, within: 8h } }
  """

/// A file with one objective; each part can be replaced.
func sample(
  objective: String = "99%", window: String = "7d",
  indicator: String = "ratio: { source: m, good: a, total: b }", extra: String = "",
  top: String = ""
) -> String {
  """
  \(top)
  sources: { m: { files: "*.om" } }
  services:
    s:
      slos:
        o:
          objective: \(objective)
          window: \(window)
          \(indicator)
          \(extra)
  """
}

func read(_ text: String, environment: [String: String] = [:]) throws -> Configuration {
  try DefinitionReader.read(Array(text.utf8), environment: environment)
}

/// The findings of a text; empty when it is right.
func findings(_ text: String, environment: [String: String] = [:]) -> [Finding] {
  do throws(DefinitionError) {
    _ = try DefinitionReader.read(Array(text.utf8), environment: environment)
    return []
  } catch {
    return error.findings
  }
}

func problems(_ text: String, environment: [String: String] = [:]) -> [Problem] {
  findings(text, environment: environment).map(\.problem)
}
