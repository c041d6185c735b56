public import Model

/// The rule of a window as JSON holds it and the configuration writes it: "30d", "36h", "90m", "month".
public enum RuleFacts: Codable, Hashable, Sendable {
  case rolling(Int64, Unit)
  case calendar(ReportPeriod.Unit)

  /// The largest that a rolling window is whole of.
  public enum Unit: Character, CaseIterable, Sendable {
    case days = "d"
    case hours = "h"
    case minutes = "m"

    fileprivate var inMinutes: Int64 {
      switch self {
      case .days: 1440
      case .hours: 60
      case .minutes: 1
      }
    }
  }

  public init(_ rule: WindowRule) {
    switch rule {
    case .calendar(let unit): self = .calendar(unit)
    case .rolling(let length):
      let minutes = length.nanoseconds / 60_000_000_000
      let unit = Unit.allCases.first { minutes % $0.inMinutes == 0 } ?? .minutes
      self = .rolling(minutes / unit.inMinutes, unit)
    }
  }

  public var text: String {
    switch self {
    case .rolling(let number, let unit): "\(number)\(unit.rawValue)"
    case .calendar(let unit): unit.rawValue
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    if let unit = ReportPeriod.Unit(rawValue: text) {
      self = .calendar(unit)
    } else if let unit = text.last.flatMap(Unit.init), let number = Int64(text.dropLast()) {
      self = .rolling(number, unit)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a length nor a calendar unit: \(text)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
