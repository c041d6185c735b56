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
    case .renamed(let to): return "\(last), and goes on as \(to)"
    case .expires: return "\(last); idle, as its exporter has left it out before"
    case .copy(let other): return "\(last); its copy \(other) goes on"
    case .successor(let other): return "\(last), replaced by \(other)"
    case .harmless: return "\(last), while others go on"
    case .badSeries:
      return "\(last), while its target goes on: bad events since then would not be seen"
    case .failing: return "\(last) while it failed, and nothing replaced it"
    case .traffic:
      return "\(last) with much of the traffic, and nothing took it over"
    case .silent: return "\(last): nothing of that origin has been read since, while others go on"
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
        "\(name) appeared \(moment) with \(count(events)) bad events at once, which are counted, but may be older\(more)"
    case .leftOut:
      return
        "\(name) appeared \(moment) with a count of \(count(events)), which is not part of the figures: it may be older\(more)"
    case .fallen:
      return
        "\(name) fell \(moment): read as a restart, \(count(events)) events count at once, more than in any such time before\(others)"
    case .risen:
      return
        "\(name) rose by \(count(events)) at once, \(moment), a hundred times as much as usual: it may be another process\(others)"
    case .restarted:
      return
        "\(name) is said to have restarted \(moment), though it did not fall: \(count(events)) events count a second time\(others)"
    case .renamed(let from):
      return "\(name) goes on where \(from) ended, \(moment)\(more)"
    }
  }
}
