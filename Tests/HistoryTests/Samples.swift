import History
import Model
import TestSupport

/// Histories and batches that the tests share.
enum Samples {
  /// 2026-10-18 00:00 UTC in minutes since the epoch: 20,744 days of 1440 minutes.
  static let midnight: Int64 = 20_744 * 1440

  static func id(_ name: String, source: String = "metrics") -> SeriesID {
    SeriesID(source: source, name: name, labels: [Label("job", "pricing")])
  }

  /// A counter read once a minute, 30 s into it, rising by 0 to 9, starting again at 5,000.
  static func counter(
    from minute: Int64, minutes: Int64, seed: UInt64 = 1, jitter: Bool = false
  ) -> [Cell] {
    var random = SeededGenerator(seed: seed)
    var builder = CellBuilder()
    var value: Double = 0
    for index in 0..<minutes {
      let late = jitter ? Int64.random(in: 0..<20, using: &random) * 1_000_000 : 0
      builder.add(value, at: (minute + index) * 60_000_000_000 + 30_000_000_000 + late)
      value += Double(UInt64.random(in: 0..<10, using: &random))
      if value > 5000 { value = 3 }
    }
    return builder.finish()
  }

  static func series(_ name: String, _ cells: [Cell], kind: SeriesKind = .samples) -> Series {
    Series(id: id(name), kind: kind, cells: cells)
  }

  static func batch(
    _ series: [Series], span: Window? = nil, file: FileMark? = nil
  ) -> Batch {
    Batch(source: "metrics", series: series, span: span, file: file, read: 0)
  }

  static func window(_ from: Int64, _ to: Int64) -> Window {
    Window(start: Instant(seconds: from * 60), end: Instant(seconds: to * 60))
  }

  static let always = window(0, 100_000_000)

  static func row(_ minute: Int64, _ value: Double) -> Cell {
    var cell = Cell(minute: minute)
    cell.add(value, at: minute * 60_000_000_000)
    return cell
  }

  /// The increase of a counter over cells, the step into the first one not counted.
  static func increase(_ cells: some Sequence<Cell>) -> Double {
    var joined: Cell?
    for cell in cells {
      if joined == nil { joined = cell } else { joined?.append(cell) }
    }
    return joined?.increase ?? 0
  }
}

extension HistoryStore {
  func all(_ name: String) throws -> [Cell] {
    try load(Selector(source: "metrics", name: name), in: Samples.always).flatMap(\.cells)
  }
}
