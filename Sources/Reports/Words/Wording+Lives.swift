import Analytics
import Model

extension Wording {
  /// Series that ended, as a clause.
  static func ended(
    _ reason: SeriesLives.End.Reason, _ name: String, _ moment: String, series: Int
  ) -> String {
    let last =
      series == 1
      ? "\(name) ended \(moment)" : "\(series) series ended, the last (\(name)) \(moment)"
    switch reason {
    case .restart: return "\(last), with a restart of its target"
    case .renamed(let to): return "\(last), and continues as \(to)"
    case .expires: return "\(last); idle: its exporter has left it out before"
    case .copy(let other): return "\(last); its copy \(other) continues"
    case .successor(let other): return "\(last), replaced by \(other)"
    case .harmless: return "\(last), while others continue"
    case .badSeries:
      return "\(last), while its target continues: bad events since then would not be seen"
    case .failing: return "\(last) while failing, and nothing replaced it"
    case .traffic:
      return "\(last) with much of the traffic, which nothing took over"
    case .silent: return "\(last): no data of that origin since then, while others continue"
    }
  }

  /// Series that began with a count, as a clause.
  static func appeared(
    _ counting: SeriesLives.Birth.Counting, _ name: String, _ moment: String, series: Int,
    events: Int64
  ) -> String {
    let more = series == 1 ? "" : " (\(series) series in all)"
    let others = series == 1 ? "" : " (\(series) such steps in all)"
    switch counting {
    case .implausible:
      return
        "\(name) appeared \(moment) with \(count(events)) bad events at once, which are counted but may be older\(more)"
    case .leftOut:
      return
        "\(name) appeared \(moment) with a count of \(count(events)), which is not counted: it may be older\(more)"
    case .fallen:
      return
        "\(name) fell \(moment): counted as a restart with \(count(events)) events at once, more than in any such time before\(others)"
    case .risen:
      return
        "\(name) rose by \(count(events)) at once, \(moment), a hundred times the usual: it may be another process\(others)"
    case .restarted:
      return
        "\(name) restarted \(moment) by its start time but did not fall: \(count(events)) events count a second time\(others)"
    case .renamed(let from):
      return "\(name) continues \(from), which ended \(moment)\(more)"
    }
  }
}
