import Model
import Testing

@testable import Analytics

@Suite("A target and its restarts")
struct TargetLifeTests {
  private func target(_ values: [[Double?]], created: [Series] = []) throws -> [Int64] {
    let children = try values.enumerated().map { place, values in
      try #require(
        SeriesLife(samples(values, "x_total", [Label("code", "\(place)")]), .bad))
    }
    let key = TargetLabels().key(of: children[0].id)
    return TargetLife(key, children, usual: 60_000_000_000)
      .restarts(by: CounterStarts(created)).map { $0.to / 60_000_000_000 }
  }

  @Test("restarts where the largest counter falls, whatever the others do")
  func largest() throws {
    #expect(try target([[50, 60, 3, 4], [1, 2, 2, 2]]) == [2])
    #expect(try target([[50, 60, 3, 4], [1, 2, nil, 0]]) == [2])
  }

  @Test("does not restart where a small counter falls alone")
  func small() throws {
    #expect(try target([[50, 60, 70, 80], [5, 6, 1, 1]]) == [])
  }

  // Back at 5 after four minutes in which the other was read without it; at 6 it went on; and a missed reading is none.
  @Test("restarts where a counter is back no higher after an absence")
  func absent() throws {
    let other: [Double?] = [1, 1, 2, 2, 3, 3]
    #expect(try target([[5, nil, nil, nil, nil, 5], other]) == [5])
    #expect(try target([[5, nil, nil, nil, nil, 6], other]) == [])
    #expect(try target([[5, nil, nil, nil, nil, 5], [1, nil, nil, nil, nil, 1]]) == [])
    // Not the largest.
    #expect(try target([[5, nil, nil, nil, nil, 5], [6, 6, 7, 7, 8, 8]]) == [])
  }

  // The start is known for the large counter, which is at a higher value again.
  @Test("restarts where a start is known, even if no value falls")
  func created() throws {
    let created = samples([1, 1, 90, 90], "x_created", [Label("code", "0")])
    #expect(try target([[50, 60, 70, 80], [5, 5, 5, 5]], created: [created]) == [2])
  }
}
