import Foundation
import TestSupport
import Testing

/// Every scene × `check`, `check --no-collect`, `weekly`: what is wrong never opens the gate, what is healthy does, and
/// the week's verdict agrees with the gate of its end.
@Suite("The matrix of faults and the gate")
struct GateMatrixTests {
  static let scenes = GateScene.files + GateScene.series + GateScene.rows + GateScene.history

  @Test("a fault never opens the gate, and its healthy twin does", arguments: scenes)
  func opensNeverFalsely(scene: GateScene) async throws {
    try await onThread {
      let workspace = try Workspace()
      try scene.prepare(workspace)
      let check = try workspace.check()
      let again = try workspace.check("--no-collect")
      let week = try workspace.weekly()
      let weekOpens = week.output.contains("Release gate at the end of the week: open")
      #expect(check.status == scene.code, "\(check)")
      #expect(again.status == scene.code, "--no-collect: \(again)")
      #expect(weekOpens == (scene.code == 0), "\(week) beside \(check)")
    }
  }

  @Test("holds at least 100 faults")
  func isLarge() {
    let faults = Set(Self.scenes.filter { $0.code != 0 }.map(\.name) + Fault.all.map(\.name))
    #expect(faults.count >= 100)
  }
}
