import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("A killed writer")
struct KillTests {
  // Batch n holds the minutes 50n ..< 50n + 50 of ten series; its number is acknowledged in a file once kept.
  @Test("loses nothing it acknowledged, however often it is killed")
  func kills() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sloreport.db")
    let log = folder.file("acknowledged")
    try folder.write([], to: "acknowledged")
    let kills = tries(5, long: 30)
    for round in 0..<kills {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, log = log as String, round = round as Int] in
        let store = try HistoryStore.open(at: path, for: .write)
        let descriptor = Foundation.open(log, O_WRONLY | O_APPEND)
        var random = SeededGenerator(seed: UInt64(round))
        let pause = UInt32.random(in: 1_000..<400_000, using: &random)
        Thread.detachNewThread {
          usleep(pause)
          kill(getpid(), SIGKILL)
        }
        var number = Int64(try folderLength(log))
        while true {
          _ = try store.keep(KillTests.batch(number))
          guard write(descriptor, "x", 1) == 1 else { return }
          number += 1
        }
      }
      let acknowledged = Int64(try folderLength(log))
      let store = try HistoryStore.open(at: path, for: .write)
      #expect(try store.verify() == [])
      for name in 0..<10 {
        let cells = try store.all("s\(name)")
        let count = Int64(cells.count)
        // The last batch may have been kept without a word.
        #expect(count == acknowledged * 50 || count == (acknowledged + 1) * 50)
        #expect(cells.enumerated().allSatisfy { $0.element.minute == Int64($0.offset) })
      }
    }
    print("kills: \(kills), batches acknowledged: \(try folderLength(log))")
  }

  static func batch(_ number: Int64) -> Batch {
    Samples.batch(
      (0..<10).map { name in
        Samples.series("s\(name)", (0..<50).map { Samples.row(number * 50 + $0, Double($0)) })
      }, span: Samples.window(number * 50, number * 50 + 50))
  }
}

private func folderLength(_ path: String) throws -> Int {
  try Data(contentsOf: URL(fileURLWithPath: path)).count
}
