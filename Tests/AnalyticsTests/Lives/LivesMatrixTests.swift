import Foundation
import Model
import Testing

@testable import Analytics

/// Lives of counters, healthy and faulty, through minute cells: 15, 60 and 300 s apart, busy and quiet.
///
/// Healthy ones leave the gate open, faulty ones do not; a life that ends otherwise is named with its reason.
@Suite("Lives of counters and the gate")
struct LivesMatrixTests {
  private static let isLong = ProcessInfo.processInfo.environment["SLOREPORT_LONG_TESTS"] != nil
  /// One that is busy and one that is quiet; 15 s and all pairs take a minute of a processor in a debug build.
  static let settings = Life.Setting.all.filter {
    isLong || $0.interval == 60 && $0.isBusy || $0.interval == 300 && !$0.isBusy
  }
  static let seeds: [UInt64] = isLong ? [1, 2, 3] : [1]

  private static let all = Set(Life.Setting.all)
  private static let quiet = all.filter { !$0.isBusy }

  /// Lives that end otherwise than they should, beside those that say so themselves.
  private static let left: [String: (settings: Set<Life.Setting>, exit: Int, reason: String)] = [
    "a failing one of 2 gone": (all, 1, "what was seen has overspent the budget already"),
    "one of two services is shut down": (
      all, 3, "half of the traffic is gone, and nothing says why"
    ),
    "a failing label is removed": (all, 3, "a label that is removed looks like one that is lost"),
    "queue workers scaled in": (
      quiet, 3,
      "few events are compared over an hour, which began when there was more work"
    ),
  ]

  @Test(
    "end as they should, but for those that are named: at most 2 of 24 false greens, 3 of 42 false reds",
    arguments: settings, seeds)
  func exits(setting: Life.Setting, seed: UInt64) throws {
    func wrong(_ lives: [Life], _ isFalse: (Int) -> Bool) throws -> [String] {
      try lives.compactMap { life in
        let exit = try life.assessment(setting, seed: seed).exit
        let left =
          life.left.first { $0.settings.contains(setting) }
          ?? Self.left[life.name].flatMap { $0.settings.contains(setting) ? $0 : nil }
        #expect(exit == left?.exit ?? life.exit, "\(life.name), \(setting), seed \(seed)")
        return isFalse(exit) ? "\(life.name) (\(left?.reason ?? "no reason"))" : nil
      }
    }
    let greens = try wrong(Life.faulty) { $0 == 0 }
    let reds = try wrong(Life.healthy) { $0 != 0 }
    print(
      "\(setting), seed \(seed): \(greens.count) false greens of \(Life.faulty.count): \(greens); "
        + "\(reds.count) false reds of \(Life.healthy.count): \(reds)")
    #expect(Life.faulty.count == 24)
    #expect(Life.healthy.count == 42)
    #expect(greens.count <= 2)
    #expect(reds.count <= 3)
  }
}
