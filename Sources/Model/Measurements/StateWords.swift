/// What a check found.
public enum CheckState: String, Hashable, Sendable, CaseIterable {
  case up, down
  /// Neither: not measured until the next check.
  case ignored

  /// The value that the history keeps for it; that of ignored is one that no gauge has.
  public var value: Double {
    switch self {
    case .up: 1
    case .down: 0
    case .ignored: 1_099_511_627_776
    }
  }

  public init?(value: Double) {
    guard let found = CheckState.allCases.first(where: { $0.value == value }) else { return nil }
    self = found
  }
}

/// What the words of checks mean, in any case.
public struct StateWords: Hashable, Sendable {
  /// Words of a configuration, in lower case; they come before the usual ones.
  public let declared: [String: CheckState]

  public init(_ declared: [String: CheckState] = [:]) { self.declared = declared }

  private static let usual: [String: CheckState] = {
    let up = [
      "1", "t", "true", "y", "yes", "on", "up", "ok", "okay", "pass", "passed", "success",
      "successful", "succeeded", "good", "healthy", "online", "available", "operational",
    ]
    let down = [
      "0", "f", "false", "n", "no", "off", "down", "fail", "failed", "failure", "error", "bad",
      "unhealthy", "offline", "unavailable", "outage", "critical", "timeout",
    ]
    return Dictionary(
      up.map { ($0, .up) } + down.map { ($0, .down) }, uniquingKeysWith: { one, _ in one })
  }()

  /// What a word means; `nil` when nobody says.
  public func state(_ word: String) -> CheckState? {
    guard word.utf8.count <= 256 else { return nil }
    let text = word.lowercased()
    return declared[text] ?? StateWords.usual[text]
  }
}
