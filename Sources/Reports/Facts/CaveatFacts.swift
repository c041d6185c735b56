public import Analytics
import Model

/// A caveat as JSON holds it: its kind, and its numbers under a few names that the kinds share.
public struct CaveatFacts: Codable, Hashable, Sendable {
  let caveat: Caveat

  public init(_ caveat: Caveat) { self.caveat = caveat }

  /// The words of the JSON, the worst first.
  private enum Kind: String, Codable {
    case noData, sourceFailed, notCollected, inFuture, clockSetBack, askedSince, startsLater
    case mixedOrigins, contradictions, repeatedRows, otherLabels, noSeries, rejected
    case history, coverage, stale, noTraffic, unnamedService, unknownLabel
    case lowered, otherWindow, excluded, partialAnswers, late, undecidedEvents, youngHistory
    case unresolved, ended, appeared, unseen
  }

  private enum Key: String, CodingKey {
    case kind, count
    /// Shares, or seconds: what there is, and what is needed or allowed.
    case have, need
    case selector, source, pattern, until, reason, others, label
    /// Instants: when, and what it is compared with.
    case at, reference
    /// Series that ended or began.
    case life
    case start, end
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    func billionths(_ key: Key) throws -> Int64 {
      let value = try values.decode(Double.self, forKey: key)
      guard let whole = Int64(exactly: (value * 1e9).rounded()) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: values, debugDescription: "out of range: \(value)")
      }
      return whole
    }
    func seconds(_ key: Key) throws -> Duration { .nanoseconds(try billionths(key)) }
    func life() throws -> Caveat {
      guard let caveat = try values.decode(LifeFacts.self, forKey: .life).caveat else {
        throw DecodingError.dataCorruptedError(
          forKey: .life, in: values, debugDescription: "neither an end nor a beginning")
      }
      return caveat
    }
    func instant(_ key: Key) throws -> Instant { try values.decode(Instant.self, forKey: key) }
    func text() throws -> String { try values.decode(String.self, forKey: .selector) }
    caveat =
      switch try values.decode(Kind.self, forKey: .kind) {
      case .noData: .noData
      case .noTraffic: .noTraffic
      case .sourceFailed:
        .sourceFailed(
          try values.decodeIfPresent(String.self, forKey: .reason) ?? "",
          others: try values.decodeIfPresent(Int.self, forKey: .count) ?? 0)
      case .notCollected: .notCollected
      case .noSeries: .noSeries(try values.decode(String.self, forKey: .selector))
      case .unknownLabel:
        .unknownLabel(try values.decode(String.self, forKey: .label), try text())
      case .unnamedService:
        .unnamedService(try text(), others: try values.decode([String].self, forKey: .others))
      case .mixedOrigins:
        .mixedOrigins(
          try values.decode(String.self, forKey: .selector),
          pattern: try values.decodeIfPresent(String.self, forKey: .pattern))
      case .contradictions:
        .contradictions(
          try text(), minutes: try values.decode(Int64.self, forKey: .count),
          from: try instant(.start),
          pattern: try values.decodeIfPresent(String.self, forKey: .pattern))
      case .repeatedRows: .repeatedRows(try values.decode(Int64.self, forKey: .count))
      case .otherLabels:
        .otherLabels(
          try values.decode(String.self, forKey: .source),
          until: try values.decode(Instant.self, forKey: .until))
      case .rejected: .rejected(try values.decode(Int64.self, forKey: .count))
      case .coverage: .coverage(try billionths(.have), needed: try billionths(.need))
      case .history: .history(try seconds(.have), needed: try seconds(.need))
      case .stale: .stale(try seconds(.have), allowed: try seconds(.need))
      case .partialAnswers: .partialAnswers(try seconds(.have))
      case .late: .late(try seconds(.have), interval: try seconds(.need))
      case .ended, .appeared: try life()
      case .unseen: .unseen(try values.decode(Int64.self, forKey: .count))
      case .youngHistory:
        .youngHistory(
          try seconds(.have), of: try seconds(.need),
          since: try values.decode(Instant.self, forKey: .start))
      case .undecidedEvents:
        .undecidedEvents(
          try values.decode(Int64.self, forKey: .count),
          least: try values.decodeIfPresent(Double.self, forKey: .have) ?? .infinity)
      case .unresolved:
        .unresolved(
          Window(
            start: try values.decode(Instant.self, forKey: .start),
            end: max(
              try values.decode(Instant.self, forKey: .start),
              try values.decode(Instant.self, forKey: .end))))
      case .inFuture: .inFuture(try instant(.at), clock: try instant(.reference))
      case .clockSetBack: .clockSetBack(try instant(.at), clock: try instant(.reference))
      case .askedSince: .askedSince(try instant(.at), try text())
      case .startsLater: .startsLater(try instant(.at), known: try instant(.reference), try text())
      case .lowered:
        .lowered(from: try billionths(.have), to: try billionths(.need), try instant(.at))
      case .otherWindow: .otherWindow(try text(), try instant(.at))
      case .excluded: .excluded(try billionths(.have))
      }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    func put(_ kind: Kind, _ have: Duration, _ need: Duration) throws {
      try values.encode(kind, forKey: .kind)
      try values.encode(Double(have.nanoseconds) / 1e9, forKey: .have)
      try values.encode(Double(need.nanoseconds) / 1e9, forKey: .need)
    }
    func put(_ kind: Kind, _ at: Instant, _ reference: Instant? = nil, _ text: String? = nil) throws
    {
      try values.encode(kind, forKey: .kind)
      try values.encode(at, forKey: .at)
      try values.encodeIfPresent(reference, forKey: .reference)
      try values.encodeIfPresent(text, forKey: .selector)
    }
    switch caveat {
    case .noData: try values.encode(Kind.noData, forKey: .kind)
    case .noTraffic: try values.encode(Kind.noTraffic, forKey: .kind)
    case .sourceFailed(let reason, let others):
      try values.encode(Kind.sourceFailed, forKey: .kind)
      try values.encode(reason, forKey: .reason)
      try values.encode(others, forKey: .count)
    case .notCollected: try values.encode(Kind.notCollected, forKey: .kind)
    case .noSeries(let selector):
      try values.encode(Kind.noSeries, forKey: .kind)
      try values.encode(selector, forKey: .selector)
    case .unknownLabel(let label, let selector):
      try values.encode(Kind.unknownLabel, forKey: .kind)
      try values.encode(label, forKey: .label)
      try values.encode(selector, forKey: .selector)
    case .unnamedService(let service, let others):
      try values.encode(Kind.unnamedService, forKey: .kind)
      try values.encode(service, forKey: .selector)
      try values.encode(others, forKey: .others)
    case .mixedOrigins(let series, let pattern):
      try values.encode(Kind.mixedOrigins, forKey: .kind)
      try values.encode(series, forKey: .selector)
      try values.encodeIfPresent(pattern, forKey: .pattern)
    case .contradictions(let series, let minutes, let start, let pattern):
      try values.encode(Kind.contradictions, forKey: .kind)
      try values.encode(series, forKey: .selector)
      try values.encode(minutes, forKey: .count)
      try values.encode(start, forKey: .start)
      try values.encodeIfPresent(pattern, forKey: .pattern)
    case .repeatedRows(let number):
      try values.encode(Kind.repeatedRows, forKey: .kind)
      try values.encode(number, forKey: .count)
    case .otherLabels(let source, let end):
      try values.encode(Kind.otherLabels, forKey: .kind)
      try values.encode(source, forKey: .source)
      try values.encode(end, forKey: .until)
    case .rejected(let number):
      try values.encode(Kind.rejected, forKey: .kind)
      try values.encode(number, forKey: .count)
    case .coverage(let have, let need):
      try values.encode(Kind.coverage, forKey: .kind)
      try values.encode(Double(have) / 1e9, forKey: .have)
      try values.encode(Double(need) / 1e9, forKey: .need)
    case .history(let have, let need): try put(.history, have, need)
    case .stale(let have, let need): try put(.stale, have, need)
    case .partialAnswers(let have):
      try values.encode(Kind.partialAnswers, forKey: .kind)
      try values.encode(Double(have.nanoseconds) / 1e9, forKey: .have)
    case .late(let have, let interval): try put(.late, have, interval)
    case .ended(let reason, let name, let at, let series):
      try values.encode(Kind.ended, forKey: .kind)
      try values.encode(LifeFacts(reason, name, at: at, series: series), forKey: .life)
    case .appeared(let counting, let name, let at, let series, let events):
      try values.encode(Kind.appeared, forKey: .kind)
      try values.encode(
        LifeFacts(counting, name, at: at, series: series, events: events), forKey: .life)
    case .unseen(let events):
      try values.encode(Kind.unseen, forKey: .kind)
      try values.encode(events, forKey: .count)
    case .youngHistory(let have, let window, let start):
      try put(.youngHistory, have, window)
      try values.encode(start, forKey: .start)
    case .undecidedEvents(let number, let least):
      try values.encode(Kind.undecidedEvents, forKey: .kind)
      try values.encode(number, forKey: .count)
      try values.encodeIfPresent(least.finite, forKey: .have)
    case .unresolved(let window):
      try values.encode(Kind.unresolved, forKey: .kind)
      try values.encode(window.start, forKey: .start)
      try values.encode(window.end, forKey: .end)
    case .inFuture(let newest, let clock): try put(.inFuture, newest, clock)
    case .clockSetBack(let newest, let clock): try put(.clockSetBack, newest, clock)
    case .askedSince(let since, let selector): try put(.askedSince, since, nil, selector)
    case .startsLater(let start, let known, let selector):
      try put(.startsLater, start, known, selector)
    case .lowered(let from, let to, let at):
      try put(.lowered, at)
      try values.encode(Double(from) / 1e9, forKey: .have)
      try values.encode(Double(to) / 1e9, forKey: .need)
    case .otherWindow(let window, let at): try put(.otherWindow, at, nil, window)
    case .excluded(let left):
      try values.encode(Kind.excluded, forKey: .kind)
      try values.encode(Double(left) / 1e9, forKey: .have)
    }
  }
}

extension CaveatFacts {
  var isFailure: Bool {
    if case .sourceFailed = caveat { true } else { false }
  }

  /// It is true now, and may not be after the next pull.
  var isOfNow: Bool {
    if isFailure { return true }
    if case .inFuture = caveat { return true }
    if case .clockSetBack = caveat { return true }
    return caveat == .notCollected
  }

  /// The only thing wrong is that the history is short.
  var isYouth: Bool { caveat.isYouth }
}
