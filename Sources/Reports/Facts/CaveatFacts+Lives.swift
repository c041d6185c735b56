import Analytics
import Model

/// Series that ended or began, as JSON holds them.
struct LifeFacts: Codable, Hashable, Sendable {
  /// Why they ended, or how they are counted.
  enum Word: String, Codable, Hashable {
    case restart, renamed, expires, copy, successor, harmless, badSeries, failing, traffic, silent
    case implausible, leftOut, fallen, risen, restarted
  }

  let word: Word
  /// The last that ended, the largest that appeared.
  let name: String
  /// What explains it.
  let by: String?
  let at: Instant
  let series: Int
  let events: Int64?

  init(_ reason: SeriesLives.End.Reason, _ name: String, at: Instant, series: Int) {
    (self.name, self.at, self.series, events) = (name, at, series, nil)
    switch reason {
    case .restart: (word, by) = (.restart, nil)
    case .renamed(let to): (word, by) = (.renamed, to)
    case .expires: (word, by) = (.expires, nil)
    case .copy(let other): (word, by) = (.copy, other)
    case .successor(let other): (word, by) = (.successor, other)
    case .harmless: (word, by) = (.harmless, nil)
    case .badSeries: (word, by) = (.badSeries, nil)
    case .failing: (word, by) = (.failing, nil)
    case .traffic: (word, by) = (.traffic, nil)
    case .silent: (word, by) = (.silent, nil)
    }
  }

  init(
    _ counting: SeriesLives.Birth.Counting, _ name: String, at: Instant, series: Int, events: Int64
  ) {
    (self.name, self.at, self.series, self.events) = (name, at, series, events)
    switch counting {
    case .implausible: (word, by) = (.implausible, nil)
    case .leftOut: (word, by) = (.leftOut, nil)
    case .renamed(let from): (word, by) = (.renamed, from)
    case .fallen: (word, by) = (.fallen, nil)
    case .risen: (word, by) = (.risen, nil)
    case .restarted: (word, by) = (.restarted, nil)
    }
  }

  /// `nil` where the words do not belong together.
  var caveat: Caveat? {
    let other = by ?? ""
    if let events {
      switch word {
      case .implausible:
        return .appeared(.implausible, name, at: at, series: series, events: events)
      case .leftOut: return .appeared(.leftOut, name, at: at, series: series, events: events)
      case .fallen: return .appeared(.fallen, name, at: at, series: series, events: events)
      case .risen: return .appeared(.risen, name, at: at, series: series, events: events)
      case .restarted: return .appeared(.restarted, name, at: at, series: series, events: events)
      case .renamed:
        return .appeared(.renamed(from: other), name, at: at, series: series, events: events)
      case .restart, .expires, .copy, .successor, .harmless, .badSeries, .failing, .traffic,
        .silent:
        return nil
      }
    }
    let reason: SeriesLives.End.Reason
    switch word {
    case .restart: reason = .restart
    case .renamed: reason = .renamed(to: other)
    case .expires: reason = .expires
    case .copy: reason = .copy(other)
    case .successor: reason = .successor(other)
    case .harmless: reason = .harmless
    case .badSeries: reason = .badSeries
    case .failing: reason = .failing
    case .traffic: reason = .traffic
    case .silent: reason = .silent
    case .implausible, .leftOut, .fallen, .risen, .restarted: return nil
    }
    return .ended(reason, name, at: at, series: series)
  }
}
