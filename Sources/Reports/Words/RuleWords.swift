import Model

extension RuleFacts {
  var isCalendar: Bool {
    if case .calendar = self { true } else { false }
  }

  /// "30 d", "month".
  var length: String {
    switch self {
    case .rolling(let number, let unit): "\(number)\(Wording.space)\(unit.rawValue)"
    case .calendar(let unit): unit.rawValue
    }
  }

  /// "in 30 days", "in an hour", "this month".
  var over: String {
    switch self {
    case .rolling(1, let unit): "in \(unit == .hours ? "an" : "a") \(unit.noun)"
    case .rolling(let number, let unit): "in \(Wording.counted(number, unit.noun))"
    case .calendar(.day): "on the last day"
    case .calendar(let unit): "this \(unit.rawValue)"
    }
  }

  /// "30-day budget", "October budget", of the window that starts on a date.
  func budget(from start: CivilDate) -> String {
    switch self {
    case .rolling(let number, let unit): "\(number)-\(unit.noun) budget"
    case .calendar(.month): "\(start.monthName) budget"
    case .calendar(let unit): "budget for the \(unit.rawValue)"
    }
  }
}

extension RuleFacts.Unit {
  var noun: String {
    switch self {
    case .days: "day"
    case .hours: "hour"
    case .minutes: "minute"
    }
  }
}
