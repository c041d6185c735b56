import History
import Model
import TestSupport
import Testing

@Suite("Speed of the history")
struct SpeedTests {
  // Printed, not asserted: the machine that runs the tests is not ours alone. Debug builds are some ten times slower.
  @Test("is printed for 30 days of minute cells")
  func month() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sloreport.db")
    let clock = ContinuousClock()
    let cells = Samples.counter(from: Samples.midnight, minutes: 43_200)
    let jittered = Samples.counter(from: Samples.midnight, minutes: 43_200, jitter: true)
    let gauge = jittered.map { Samples.row($0.minute, $0.sum / 7) }
    for (name, cells) in [("counter", cells), ("jitter", jittered), ("gauge", gauge)] {
      let before = try? folder.read("sloreport.db").count
      let written = try clock.measure {
        let store = try HistoryStore.open(at: path, for: .write)
        _ = try store.keep(Samples.batch([Samples.series(name, cells)]))
      }
      let size = try folder.read("sloreport.db").count - (before ?? 45_056)
      var best = Duration.seconds(9)
      for _ in 0..<5 {
        let read = try clock.measure {
          let store = try HistoryStore.open(at: path, for: .read)
          #expect(try store.all(name).count == 43_200)
        }
        best = min(best, read)
      }
      print("\(name): kept in \(written), open and load \(best), \(size) bytes in the file")
    }
    let opened = try clock.measure { _ = try HistoryStore.open(at: path, for: .read) }
    let verified = try clock.measure {
      #expect(try HistoryStore.open(at: path, for: .read).verify() == [])
    }
    print("open \(opened), open and verify \(verified)")
  }
}
