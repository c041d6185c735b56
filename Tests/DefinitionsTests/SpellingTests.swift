import Definitions
import Testing

@Suite("Misspelt keys")
struct SpellingTests {
  /// Where each key stands in a valid file, with the text that puts another word in its place.
  static let keys: [(key: String, file: @Sendable (String) -> String)] = {
    func top(_ key: String) -> (String, @Sendable (String) -> String) {
      (key, { sample(top: "\($0): x") })
    }
    func inside(_ keys: [String], _ file: @escaping @Sendable (String) -> String)
      -> [(String, @Sendable (String) -> String)]
    {
      keys.map { ($0, file) }
    }
    func indicator(_ kind: String, _ keys: [String]) -> [(String, @Sendable (String) -> String)] {
      inside(keys) { sample(indicator: "\(kind): { \($0): x }") }
    }
    var all = [
      "title", "timezone", "stale_after", "history", "reports", "retention", "policy", "sources",
      "services",
    ].map(top)
    all += inside(["minute", "five_minutes", "hour"]) { sample(top: "retention: { \($0): 1d }") }
    all += inside(["files", "time", "postgres"]) { "sources: { a: { \($0): x } }" }
    all += inside(["name", "bands"]) { sample(top: "policy: { \($0): x }") }
    all += inside(["below", "name", "action", "gate"]) {
      sample(top: "policy: { name: a, bands: [ { \($0): x } ] }")
    }
    all += inside(["title", "owner", "policy", "slos"]) { "services: { a: { \($0): x } }" }
    all += inside([
      "title", "objective", "window", "method", "missing", "minimum_coverage", "minimum_history",
      "policy", "series", "ratio", "latency", "slices", "freshness", "availability",
    ]) { "services: { a: { slos: { b: { \($0): x } } } }" }
    all += inside(["timeslices", "ratio_timeslices", "target"]) {
      sample(extra: "method: { \($0): x }")
    }
    all += indicator("ratio", ["source", "good", "total", "where", "query"])
    all += indicator("latency", ["source", "histogram", "where", "query", "at_most"])
    all += indicator(
      "slices", ["source", "value", "where", "query", "at_most", "at_least", "every"])
    all += indicator("freshness", ["source", "newest", "where", "query", "at_most"])
    all += indicator(
      "availability",
      [
        "source", "up", "heartbeat", "where", "query", "within", "hold_at_most", "states",
        "incidents",
      ])
    all += inside(["schema", "allow_writable_role", "timeouts"]) {
      "sources: { a: { postgres: x, \($0): x } }"
    }
    all += inside(["connect", "read", "total", "source"]) {
      "sources: { a: { postgres: x, timeouts: { \($0): 1s } } }"
    }
    all += inside(["source", "query", "columns", "severity", "since"]) {
      "services: { a: { incidents: { \($0): x } } }"
    }
    all += inside(["from", "to", "days", "since", "until", "reason", "by", "entered"]) {
      "exclusions: [ { \($0): x } ]"
    }
    return all.map { (key: $0.0, file: $0.1) }
  }()

  /// Each letter dropped, doubled, changed, and swapped with the next.
  static func typos(of word: String) -> [String] {
    let letters = Array(word)
    var typos: [String] = []
    for index in letters.indices {
      var dropped = letters
      dropped.remove(at: index)
      var doubled = letters
      doubled.insert(letters[index], at: index)
      var changed = letters
      changed[index] = "z"
      typos += [dropped, doubled, changed].map { String($0) }
      if index + 1 < letters.count {
        var swapped = letters
        swapped.swapAt(index, index + 1)
        typos.append(String(swapped))
      }
    }
    return typos.filter { $0 != word && !$0.isEmpty }
  }

  @Test("are each answered with the right key (F1)")
  func everyKeyEveryTypo() {
    var checked = 0
    for (key, file) in Self.keys {
      for typo in Self.typos(of: key) {
        // At its place alone: the first finding of this typo.
        let found = problems(file(typo)).compactMap { problem -> String?? in
          if case .unknownKey(typo, let nearest) = problem { .some(nearest) } else { nil }
        }
        #expect(found == [key], "\(typo) for \(key)")
        checked += 1
      }
    }
    print("misspelt keys: \(checked) typos of \(Self.keys.count) keys")
    #expect(checked > 1000)
  }

  @Test(
    "forgive two slips at most, and one in short words",
    arguments: [
      ("objektive", "objective"), ("obejctvie", "objective"), ("OBJECTIVE", "objective"),
      ("objctv", nil), ("timeZone", "timezone"), ("staleAfter", "stale_after"), ("pu", "up"),
      ("xx", nil), ("xxx", nil), ("", nil),
    ] as [(String, String?)])
  func slips(word: String, meant: String?) {
    let words = ["objective", "timezone", "stale_after", "up"]
    #expect(Spelling.nearest(to: word, among: words) == meant)
  }

  @Test("that are very long cost no time")
  func longWords() {
    let word = String(repeating: "a", count: 1_000_000)
    #expect(Spelling.nearest(to: word, among: [word]) == nil)
  }
}
