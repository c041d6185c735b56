import Model
import Testing

@testable import Reports

@Suite("Buckets of histograms in words")
struct WordingBucketsTests {
  private func objective(_ changes: [String: Any]) throws -> ObjectiveFacts {
    try Sample.objective("A").with(["indicator.kind": "latency", "indicator.withinSeconds": 0.3])
      .with(changes)
  }

  @Test("what counts as good is said where no bucket ends at the bound")
  func bounds() throws {
    func bounds(_ changes: [String: Any]) throws -> String? {
      Wording.bucketBounds(of: try objective(changes)).map(Wording.plain)
    }
    #expect(try bounds([:]) == nil)
    #expect(
      try bounds(["bucketBounds": [0.25, 0.5]])
        == "no bucket ends at the bound: events up to 250 ms count as good, the true figure lies between the buckets 250 ms and 500 ms"
    )
    #expect(
      try bounds(["bucketBounds": [0.25]])
        == "no bucket ends at or above the bound: all events over 250 ms count as bad")
    #expect(try bounds(["bucketBounds": [0, 0.5]]) == nil, "a caveat of its own says so")
    #expect(
      try bounds(["bucketBounds": [0.25, 0.5], "countedBounds": [0.25, 0]])
        == "histograms have different buckets: events count as good up to 250 ms or not at all, depending on the histogram; some that met the bound may count as bad"
    )
  }

  @Test("the line of an objective names the bound without a bucket")
  func missing() throws {
    func missing(_ changes: [String: Any]) throws -> String? {
      Wording.missingBucket(of: try objective(changes)).map(Wording.plain)
    }
    #expect(try missing([:]) == nil)
    #expect(try missing(["bucketBounds": [0.25, 0.5]]) == "no bucket at 300 ms")
    #expect(
      try missing(["bucketBounds": [0.25, 0.5], "countedBounds": [0.25, 0.3]])
        == "not every histogram has a bucket at 300 ms")
  }

  @Test("both are listed together")
  func listed() throws {
    let undecided: [[String: Any]] = [["kind": "undecidedEvents", "count": 3, "have": 1]]
    let words = Wording.buckets(
      of: try objective(["bucketBounds": [0.25], "notes": undecided]), in: .utc)
    #expect(words.count == 2 && words[0].hasPrefix("no bucket of a histogram"))
  }
}
