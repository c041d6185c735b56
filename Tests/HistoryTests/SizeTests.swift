import History
import Model
import TestSupport
import Testing

@Suite("Size of the history")
struct SizeTests {
  // 43,200 cells of one series: read on the minute, with jitter, and a gauge that changes by another amount each time.
  @Test(
    "30 days of minute cells take at most so many bytes in the file",
    arguments: [("counter", 150_000), ("jitter", 150_000), ("gauge", 400_000)])
  func month(name: String, most: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sloreport.db")
    _ = try HistoryStore.open(at: path, for: .write)
    let before = try folder.read("sloreport.db").count
    var cells = Samples.counter(from: Samples.midnight, minutes: 43_200, jitter: name != "counter")
    if name == "gauge" { cells = cells.map { Samples.row($0.minute, $0.sum / 7) } }
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      _ = try store.keep(Samples.batch([Samples.series(name, cells)]))
    }
    let store = try HistoryStore.open(at: path, for: .read)
    #expect(try store.all(name) == cells)
    #expect(try store.verify() == [])
    let size = try folder.read("sloreport.db").count - before
    #expect(size <= most)
  }
}
