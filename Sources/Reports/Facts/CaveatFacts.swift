import Analytics
import Model

/// A caveat as JSON holds it: its kind, and its numbers under a few names that the kinds share.
public struct CaveatFacts: Codable, Hashable, Sendable {
  let caveat: Caveat

  init(_ caveat: Caveat) { self.caveat = caveat }

  /// The words of the JSON, the worst first.
  private enum Kind: String, Codable {
    case noData, sourceFailed, notCollected, noSeries, rejected, history, coverage, stale, noTraffic
    case partialAnswers, late
  }

  private enum Key: String, CodingKey {
    case kind, count
    /// Shares, or seconds: what there is, and what is needed or allowed.
    case have, need
    case selector
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
    caveat =
      switch try values.decode(Kind.self, forKey: .kind) {
      case .noData: .noData
      case .noTraffic: .noTraffic
      case .sourceFailed: .sourceFailed
      case .notCollected: .notCollected
      case .noSeries: .noSeries(try values.decode(String.self, forKey: .selector))
      case .rejected: .rejected(try values.decode(Int64.self, forKey: .count))
      case .coverage: .coverage(try billionths(.have), needed: try billionths(.need))
      case .history: .history(try seconds(.have), needed: try seconds(.need))
      case .stale: .stale(try seconds(.have), allowed: try seconds(.need))
      case .partialAnswers: .partialAnswers(try seconds(.have))
      case .late: .late(try seconds(.have), interval: try seconds(.need))
      }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    func put(_ kind: Kind, _ have: Duration, _ need: Duration) throws {
      try values.encode(kind, forKey: .kind)
      try values.encode(Double(have.nanoseconds) / 1e9, forKey: .have)
      try values.encode(Double(need.nanoseconds) / 1e9, forKey: .need)
    }
    switch caveat {
    case .noData: try values.encode(Kind.noData, forKey: .kind)
    case .noTraffic: try values.encode(Kind.noTraffic, forKey: .kind)
    case .sourceFailed: try values.encode(Kind.sourceFailed, forKey: .kind)
    case .notCollected: try values.encode(Kind.notCollected, forKey: .kind)
    case .noSeries(let selector):
      try values.encode(Kind.noSeries, forKey: .kind)
      try values.encode(selector, forKey: .selector)
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
    }
  }
}

extension CaveatFacts {
  /// The only thing wrong is that the history is short.
  var isYouth: Bool {
    if case .history = caveat { true } else { false }
  }
}
