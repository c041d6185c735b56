import Foundation
import Model
import Testing

@testable import Ingest

@Suite("The recording of a real Prometheus")
struct RecordingTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/prometheus-recording")

  @Test("is one file of 15 thousand samples, read as its minute cells")
  func isReadAsMinuteCells() throws {
    let source = SnapshotSource(
      name: "m", pattern: "*.om.gz", root: RecordingTests.folder.path, timeFromModification: false)
    let pulled = try source.pulled(["up"])
    #expect(pulled.failures.isEmpty)
    #expect(pulled.batches.map(\.read) == [15_056])
    let cells = pulled.cells
    #expect(cells.count == 2)
    // 275 samples of each target; the node exporter was down for 24 of them.
    for (name, of) in cells {
      #expect(of.reduce(0) { $0 + $1.count } == 275)
      #expect(of.reduce(0) { $0 + $1.sum } == (name.contains("node") ? 251 : 275))
    }
  }
}
