import Analytics
import Foundation
import TestSupport
import Testing

@Suite("A segmentation")
struct SegmentationTests {
  // 0 0 0 4 4 4 in one piece: mean 2, squares 24. A change saves all of it.
  @Test("cuts where that saves more than the penalty")
  func hand() {
    let values: [Double] = [0, 0, 0, 4, 4, 4]
    #expect(Segmentation(values, penalty: 23, least: 2).changes == [3])
    #expect(Segmentation(values, penalty: 23, least: 2).squares == 0)
    #expect(Segmentation(values, penalty: 25, least: 2).changes == [])
    #expect(Segmentation(values, penalty: 25, least: 2).squares == 24)
    #expect(Segmentation(values, penalty: 1, least: 4).changes == [])
    #expect(Segmentation([], penalty: 1, least: 2).changes == [])
  }

  /// The least cost of all ways to cut, one by one.
  private func least(_ values: [Double], _ penalty: Double, _ length: Int) -> Double {
    var best = [-penalty] + [Double](repeating: .infinity, count: values.count)
    for end in 1...values.count {
      for start in 0..<end where end - start >= length && best[start].isFinite {
        let part = values[start..<end]
        let mean = part.reduce(0, +) / Double(part.count)
        let cost = part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        best[end] = min(best[end], best[start] + cost + penalty)
      }
    }
    return best[values.count]
  }

  @Test("is the best of all, whatever was dropped on the way")
  func optimal() {
    var random = SeededGenerator(seed: 11)
    for round in 0..<60 {
      var level = 0.0
      let values = (0..<80).map { _ in
        if Int.random(in: 0..<12, using: &random) == 0 {
          level += Double.random(in: -5...5, using: &random)
        }
        return level + Double.random(in: -1...1, using: &random)
      }
      let (penalty, length) = (Double(1 + round % 7), 1 + round % 6)
      let found = Segmentation(values, penalty: penalty, least: length)
      let cost = found.squares + penalty * Double(found.changes.count)
      #expect(abs(cost - least(values, penalty, length)) < 1e-9)
    }
  }

  /// The squares about the means of the segments between changes.
  private func squares(_ values: [Double], _ changes: [Int]) -> Double {
    let edges = [0] + changes + [values.count]
    return zip(edges, edges.dropFirst()).reduce(0) { sum, edge in
      let part = values[edge.0..<edge.1]
      let mean = part.reduce(0, +) / Double(part.count)
      return sum + part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
  }

  // Where ruptures answers otherwise, what it dropped on the way was the best: ours costs less.
  @Test("is that of ruptures on recorded series, or better")
  func recorded() throws {
    guard let root = ReferenceData.folder("tcpd-changepoints") else { return }
    let series = try #require(
      ReferenceData.json("\(root)/expected.json")["series"] as? [String: [String: Any]])
    var same = 0
    for (name, expected) in series {
      let values = try ReferenceData.rows("\(root)/\(name).csv").compactMap { Double($0[2]) }
      let pelt = try #require(expected["pelt_l2"] as? [String: Any])
      let penalty = try #require(pelt["penalty"] as? Double)
      let theirs = try #require(pelt["breakpoints"] as? [Int])
      let ours = Segmentation(
        values, penalty: penalty, least: try #require(pelt["min_size"] as? Int)
      ).changes
      if ours == theirs { same += 1 }
      let cost = squares(values, ours) + penalty * Double(ours.count)
      let other = squares(values, theirs) + penalty * Double(theirs.count)
      #expect(cost <= other * (1 + 1e-9), "\(name)")
    }
    #expect(same >= 9)
  }
}
