import Analytics
import TestSupport
import Testing

@Suite("Slopes between pairs")
struct PairwiseSlopesTests {
  private func all(_ x: [Double], _ y: [Double]) -> [Double] {
    var slopes: [Double] = []
    for later in x.indices {
      for earlier in x.indices where x[earlier] < x[later] {
        slopes.append((y[later] - y[earlier]) / (x[later] - x[earlier]))
      }
    }
    return slopes.sorted()
  }

  private func check(_ x: [Double], _ y: [Double], _ what: String) throws {
    let slopes = all(x, y)
    guard !slopes.isEmpty else { return }
    let expected = (slopes[(slopes.count - 1) / 2] + slopes[slopes.count / 2]) / 2
    let found = PairwiseSlopes(x: x, y: y)
    #expect(found.count == slopes.count)
    let median = try #require(found.median)
    let scale = max(abs(slopes[0]), abs(slopes[slopes.count - 1]))
    #expect(abs(median - expected) <= 1e-13 * scale + 1e-12 * abs(expected), "\(what)")
  }

  // Slopes of (0,0), (1,1), (3,2): 1, 2/3, 1/2.
  @Test("have their middle one as the median; pairs at one time are none")
  func hand() throws {
    #expect(try #require(PairwiseSlopes(x: [0, 1, 3], y: [0, 1, 2]).median) == 2.0 / 3)
    #expect(PairwiseSlopes(x: [4, 4], y: [1, 2]).median == nil)
    #expect(PairwiseSlopes(x: [], y: []).median == nil)
    #expect(PairwiseSlopes(x: [3, 1], y: [5, 1]).median == 2)
  }

  @Test("are ranked as by making them all, for hundreds of points of many kinds")
  func exact() throws {
    var random = SeededGenerator(seed: 3)
    for count in [2, 3, 50, 111, 112, 150, 300, 431] {
      let x = (0..<count).map(Double.init)
      let noise = x.map { _ in Double.random(in: -1...1, using: &random) }
      try check(x, noise, "noise \(count)")
      try check(x, zip(x, noise).map { 3 * $0 + 10 * $1 }, "line \(count)")
      try check(x, x.map { 5 - 2 * $0 }, "exact line \(count)")
      try check(x, x.map { _ in 7 }, "constant \(count)")
      try check(x, noise.map { ($0 * 3).rounded() }, "whole \(count)")
      try check(x, noise.map { $0 > 0.9 ? 1 : 0 }, "mostly the same \(count)")
      try check(x, zip(x, noise).map { ($0 / 40).rounded(.down) + 0 * $1 }, "steps \(count)")
      try check(x, zip(x, noise).map { 1e15 + 1e-3 * $0 + $1 }, "large \(count)")
      try check(x.map { 1_700_000_000 + 3600 * $0 }, noise, "seconds \(count)")
      try check(noise, x, "times in any order \(count)")
      try check(x.map { ($0 / 3).rounded(.down) }, noise, "times three by three \(count)")
      try check(x, x.map { $0 * $0 }, "curve \(count)")
      try check(x, zip(x, noise).map { $0 == 7 ? 1e12 : $1 }, "one far out \(count)")
    }
  }
}
