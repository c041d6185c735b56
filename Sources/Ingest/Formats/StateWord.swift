/// What the word for a state means, as checks write it.
enum StateWord {
  private static let up: Set<String> = [
    "1", "t", "true", "y", "yes", "on", "up", "ok", "okay", "pass", "passed", "success",
    "successful", "succeeded", "good", "healthy", "online", "available", "operational", "degraded",
  ]
  private static let down: Set<String> = [
    "0", "f", "false", "n", "no", "off", "down", "fail", "failed", "failure", "error", "bad",
    "unhealthy", "offline", "unavailable", "outage", "critical", "timeout",
  ]

  /// Whether a word, in any case, means up; `nil` when it means nothing known.
  ///
  /// Degraded is slow, but up.
  static func isUp(_ word: some Collection<UInt8>) -> Bool? {
    guard word.count <= 16 else { return nil }
    let text = String(decoding: word, as: UTF8.self).lowercased()
    return up.contains(text) ? true : down.contains(text) ? false : nil
  }
}
