import Charts

/// How well it is: the colour and the sign of a sentence, a tile or a row.
enum Tone: String {
  case ok, warn, bad
  case unknown = "none"

  var paint: Paint {
    switch self {
    case .ok: .ok
    case .warn: .warn
    case .bad: .bad
    case .unknown: .none
    }
  }

  var icon: StatusIcon {
    switch self {
    case .ok: .ok
    case .warn: .warn
    case .bad: .bad
    case .unknown: .none
    }
  }
}
