import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("Rows")
struct RowCollectorTests {
  static let minute: Int64 = 60_000_000_000

  // Of 5,000 rows in any order over 100 minutes each minute has the sum of its own.
  @Test("in any order are summed by minute, without taking more room than their minutes")
  func anyOrder() {
    var generator = SeededGenerator(seed: 7)
    var rows = RowBuilder()
    var sums: [Int64: Double] = [:]
    for number in 0..<5000 {
      let minute = Int64.random(in: 0..<100, using: &generator) * 3
      let value = Double(number % 17)
      rows.add(value, at: minute * Self.minute + Int64(number))
      sums[minute, default: 0] += value
      #expect(rows.count <= 2200)
    }
    let cells = rows.finish()
    #expect(cells.map(\.minute) == sums.keys.sorted())
    #expect(cells.map(\.sum) == sums.sorted { $0.key < $1.key }.map(\.value))
    #expect(cells.reduce(0) { $0 + $1.count } == 5000)
  }

  @Test("of one moment are added up, and counted as repeated where later ones came between")
  func repeats() {
    // In the newest minute, and in one before it.
    for (later, sum, duplicates) in [(5, 8.0, 0), (5 + 2 * Self.minute, 7, 1)] {
      var rows = RowBuilder()
      for (value, time) in [(3.0, 5), (1, later), (4, 5)] { rows.add(value, at: time) }
      let cells = rows.finish()
      #expect(cells[0].sum == sum)
      #expect(cells.map(\.duplicates).reduce(0, +) == Int64(duplicates))
    }
  }

  @Test("tell their groups apart by every label, an empty one being none")
  func groups() {
    var rows = RowCollector(source: "s", shape: .value, labels: [[97], [98]])
    for (one, two) in [("x", "y"), ("xy", ""), ("", "xy"), ("x", "y"), ("", "")] {
      rows.begin()
      rows.label { $0 += Array(one.utf8) }
      rows.label { $0 += Array(two.utf8) }
      rows.add(value: 1, at: 0)
    }
    let series = rows.finish()
    #expect(series.map(\.id.text) == [#"{a="x",b="y"}"#, #"{a="xy"}"#, #"{b="xy"}"#, ""])
    #expect(series.map { $0.cells[0].sum } == [2, 1, 1, 1])
  }

  @Test("of states in a table have the labels that objectives ask for, and no others")
  func states() throws {
    let text = """
      at,slug,status,http_code,response_ms
      1792303200,home,up,200,41
      1792303260,home,DOWN,500,9
      1792303320,home,operational,200,5000
      1792303320,api,up,200,5
      1792303380,home,perhaps,200,1
      """
    let wanted = [
      Selector(
        source: "m", name: "", matchers: [.init(label: "slug", condition: .equal("home"))])
    ]
    let content = try parse(text, wanted: wanted)
    #expect(content.series.map(\.id.text) == [#"{slug="home"}"#])
    #expect(content.series[0].cells.map(\.last) == [1, 0, 1, 0])
    #expect(content.series[0].cells.map(\.rejects) == [0, 0, 0, 1])
    #expect(content.read == 5)
    #expect(
      content.rejected == RejectedRows(count: 1, row: 5, reason: .unknownState(["perhaps"])))
    #expect(content.span?.length == .minutes(3))
  }
}
