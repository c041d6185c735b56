import Foundation
import TestSupport
import Testing

/// Every scene × `check`, `check --no-collect`, `weekly`: what is wrong never opens the gate, what is healthy does, and
/// the week's verdict agrees with the gate of its end.
@Suite("The matrix of faults and the gate")
struct GateMatrixTests {
  static let scenes = GateScene.files + GateScene.series + GateScene.rows + GateScene.history

  @Test("holds at least 100 faults, of which none opens the gate, and healthy twins, which do")
  func opensNeverFalsely() throws {
    var opened: [String] = []
    for scene in Self.scenes {
      let workspace = try Workspace()
      try scene.prepare(workspace)
      let check = try workspace.check()
      let again = try workspace.check("--no-collect")
      let week = try workspace.weekly()
      let weekOpens = week.output.contains("Release gate at the end of the week: open")
      #expect(check.status == scene.code, "\(scene.name): \(check)")
      #expect(again.status == scene.code, "\(scene.name), --no-collect: \(again)")
      #expect(weekOpens == (check.status == 0), "\(scene.name): \(week) beside \(check)")
      if scene.code == 0 { continue }
      for (way, isOpen) in [
        ("check", check.status == 0), ("check --no-collect", again.status == 0),
        ("weekly", weekOpens),
      ] where isOpen { opened.append("\(scene.name): \(way)") }
    }
    let faults = Set(Self.scenes.filter { $0.code != 0 }.map(\.name) + Fault.all.map(\.name))
    print("\(faults.count) faults, three ways each: \(opened.count) falsely open gates")
    #expect(faults.count >= 100)
    #expect(opened.isEmpty, "\(opened)")
  }
}
