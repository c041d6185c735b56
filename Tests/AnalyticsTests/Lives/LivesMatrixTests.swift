import Foundation
import Model
import Testing

@testable import Analytics

/// Lives of counters, healthy and faulty, through minute cells: 15, 60 and 300 s apart, busy and quiet.
///
/// Healthy ones leave the gate open, faulty ones do not; a life that ends otherwise is named with its reason.
@Suite("Lives of counters and the gate")
struct LivesMatrixTests {
  /// 15 s are four times the work of 60 s.
  static let settings = Life.Setting.all.filter {
    $0.interval > 15 || ProcessInfo.processInfo.environment["SLOREPORT_LONG_TESTS"] != nil
  }

  private static func all(
    _ intervals: [Int64] = [15, 60, 300], isBusy: Bool? = nil
  ) -> Set<Life.Setting> {
    Set(
      Life.Setting.all.filter {
        intervals.contains($0.interval) && $0.isBusy == isBusy ?? $0.isBusy
      })
  }

  /// Lives that end otherwise than they should, beside those that say so themselves.
  private static let left: [String: (settings: Set<Life.Setting>, exit: Int, reason: String)] = [
    "a crash loop shorter than the interval": (
      all([60], isBusy: false), 0, "what happens between two readings and a restart is not counted"
    ),
    "a failing one of 2 gone": (all(), 1, "what was seen has overspent the budget already"),
    "one of two services is shut down": (
      all(), 3, "half of the traffic is gone, and nothing says why"
    ),
    "a failing label is removed": (all(), 3, "a label that is removed looks like one that is lost"),
    "queue workers scaled in": (
      all(isBusy: false), 3, "of few events a quarter of an hour says little"
    ),
    "autoscaling 3 to 10": (
      all([300], isBusy: false), 3, "of few events a quarter of an hour says little"
    ),
    "maintenance of 12 minutes": (
      all([300]), 3, "read every 5 minutes, the hole is as long as the budget of three days"
    ),
  ]

  @Test(
    "end as they should, but for those that are named: at most 3 of 24 false greens, 5 of 42 false reds",
    arguments: settings)
  func exits(setting: Life.Setting) throws {
    func wrong(_ lives: [Life], _ isFalse: (Int) -> Bool) throws -> [String] {
      try lives.compactMap { life in
        let exit = try life.assessment(setting).exit
        let left =
          life.left.first { $0.settings.contains(setting) }
          ?? Self.left[life.name].flatMap { $0.settings.contains(setting) ? $0 : nil }
        #expect(exit == left?.exit ?? life.exit, "\(life.name), \(setting)")
        return isFalse(exit) ? "\(life.name) (\(left?.reason ?? "no reason"))" : nil
      }
    }
    let greens = try wrong(Life.faulty) { $0 == 0 }
    let reds = try wrong(Life.healthy) { $0 != 0 }
    print(
      "\(setting): \(greens.count) false greens of \(Life.faulty.count): \(greens); "
        + "\(reds.count) false reds of \(Life.healthy.count): \(reds)")
    #expect(Life.faulty.count == 24)
    #expect(Life.healthy.count == 42)
    #expect(greens.count <= 3)
    #expect(reds.count <= 5)
  }
}
