import Analytics
import Foundation
import TestSupport
import Testing

@Suite("Shifts of the level")
struct LevelShiftsTests {
  /// Noise of about deviation 1.
  private func noise(_ count: Int, seed: UInt64, memory: Double = 0) -> [Double] {
    var random = SeededGenerator(seed: seed)
    var wave = 0.0
    return (0..<count).map { _ in
      let shock = (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0...1, using: &random) }
      wave = memory * wave + (1 - memory * memory).squareRoot() * shock
      return wave
    }
  }

  @Test("are found to a place or two, in noise and on a slope")
  func found() throws {
    for slope in [0, 0.03, -2] {
      for seed in 0..<10 as Range<UInt64> {
        let values = noise(200, seed: seed).enumerated().map { place, value in
          value + slope * Double(place) + (place >= 120 ? 5 : 0)
        }
        let found = LevelShifts(values)
        let only = try #require(found.shifts.first, "\(slope) \(seed)")
        #expect(found.shifts.count == 1 && abs(only.place - 120) <= 2, "\(slope) \(seed)")
        #expect(abs(only.change - 5) < 1)
        #expect(abs(found.slope - slope) < 0.01)
      }
    }
  }

  // Noise that is even between -1 and 1 looks, by its median distances, as if it had a memory of 0.75 and 0.95 for two of these.
  @Test("are found in even noise")
  func even() {
    for seed in 1...20 {
      var chance = ForecastSamples.Chance(seed: seed)
      let values = (0..<120).map { ($0 >= 60 ? 519.0 : 499.0) + 2 * chance.next() }
      let found = LevelShifts(values).shifts
      #expect(found.map(\.place) == [60], "\(seed)")
      #expect(found.allSatisfy { abs($0.change - 20) < 1 }, "\(seed)")
    }
  }

  @Test("of an exact step are exact")
  func exact() {
    let found = LevelShifts((0..<60).map { $0 < 40 ? 10.0 : 14 })
    #expect(found.shifts == [LevelShifts.Shift(place: 40, change: 4)])
    #expect(LevelShifts([Double](repeating: 3, count: 60)).shifts == [])
    #expect(LevelShifts((0..<60).map(Double.init)).shifts == [])
    #expect(LevelShifts([1, 2, 3]).shifts == [])
  }

  @Test("are not seen in noise, in trends and curves, or in what wanders")
  func none() {
    var wrong = 0
    for seed in 0..<40 as Range<UInt64> {
      let plain = noise(200, seed: 100 + seed)
      let series = [
        plain, plain.enumerated().map { $1 + 0.5 * Double($0) },
        plain.enumerated().map { $1 + Double($0 * $0) / 400 },
        noise(200, seed: 300 + seed, memory: 0.6),
        noise(200, seed: 500 + seed).reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) },
      ]
      for values in series where !LevelShifts(values).shifts.isEmpty { wrong += 1 }
    }
    // Of 200 series; one in twenty is what a finding at 95 % allows.
    #expect(wrong <= 10, "\(wrong) of 200")
  }

  /// How well places agree with those that people marked, as the Turing change point data set scores it.
  private func score(_ found: [Int], _ people: [[Int]]) -> Double {
    func matched(_ marks: Set<Int>) -> Double {
      var left = Set([0] + found)
      var count = 0.0
      for mark in marks.sorted() {
        let near = left.filter { abs($0 - mark) <= 5 }.min {
          (abs($0 - mark), $0) < (abs($1 - mark), $1)
        }
        guard let near else { continue }
        left.remove(near)
        count += 1
      }
      return count
    }
    let all = people.map { Set([0] + $0) }
    let precision = matched(all.reduce([]) { $0.union($1) }) / Double(found.count + 1)
    let recall = all.reduce(0) { $0 + matched($1) / Double($1.count) } / Double(all.count)
    return 2 * precision * recall / (precision + recall)
  }

  @Test("are those that people see, and none where they see none")
  func people() throws {
    guard let root = ReferenceData.folder("tcpd-changepoints") else { return }
    let series = try #require(
      ReferenceData.json("\(root)/expected.json")["series"] as? [String: [String: Any]])
    var scores: [String: Double] = [:]
    for (name, expected) in series {
      let values = try ReferenceData.rows("\(root)/\(name).csv").compactMap { Double($0[2]) }
      let marks = try #require(expected["annotations_by_annotator"] as? [String: [Int]])
      let found = LevelShifts(values).shifts.map(\.place)
      scores[name] = score(found, Array(marks.values))
      switch name {
      case "quality_control_1": #expect(found.count == 1 && 141...148 ~= found[0])
      case "quality_control_2": #expect(found.count == 1 && 95...101 ~= found[0])
      case "bank", "us_population": #expect(found == [], "\(name)")
      default: break
      }
    }
    // No change at all scores 0.65; the segmentation alone, without regard to trends and memory, scores less.
    let mean = scores.values.reduce(0, +) / Double(scores.count)
    #expect(mean >= 0.75, "\(mean) \(scores)")
  }
}
