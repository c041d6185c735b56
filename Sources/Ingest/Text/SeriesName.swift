import Model

/// The name of a series as a table writes it: any text, or `name{label="value",…}` as Grafana and promtool do.
struct SeriesName {
  let name: [UInt8]
  var labels: [Label] = []

  init(_ text: [UInt8]) {
    var series = SeriesText()
    let line = text.span
    do throws(LineFault) {
      try series.read(line, from: 0, loose: true)
    } catch {
      name = text
      return
    }
    guard series.end == text.count else {
      name = text
      return
    }
    name = series.bytes(line, series.name)
    labels = series.labels.map {
      Label(name: series.bytes(line, $0.name), value: series.bytes(line, $0.value))
    }
  }
}
