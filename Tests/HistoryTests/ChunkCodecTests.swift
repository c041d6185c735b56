import Model
import TestSupport
import Testing

@testable import History

@Suite("Chunk codec")
struct ChunkCodecTests {
  private func bits(_ cell: Cell) -> [UInt64] {
    [cell.first, cell.last, cell.increase, cell.low, cell.high, cell.sum].map(\.bitPattern)
      + [cell.minute, cell.count, cell.rejects, cell.resets, cell.firstTime, cell.lastTime]
      .map { UInt64(bitPattern: $0) }
  }

  private func comesBack(_ cells: [Cell], step: Int64 = 1) throws -> Bool {
    let decoded = try ChunkCodec.decode(ChunkCodec.encode(cells, step: step), step: step)
    return decoded.map(bits) == cells.map(bits)
  }

  @Test("gives back a day of a counter")
  func day() throws {
    #expect(try comesBack(Samples.counter(from: Samples.midnight, minutes: 1440)))
  }

  @Test("gives back a single cell, an empty one, and gaps")
  func edges() throws {
    #expect(try comesBack([Samples.row(Samples.midnight, 0.1)]))
    var rejected = Cell(minute: Samples.midnight + 3)
    rejected.rejects = 2
    #expect(try comesBack([Samples.row(Samples.midnight, 7), rejected]))
    #expect(
      try comesBack([rejected, Samples.row(rejected.minute + 100, -0.0)], step: 60))
  }

  // Minus zero equals zero as a number but not as bits; 2^53 + 2 is whole but beyond the range kept as integer.
  @Test(
    "keeps the bits of odd numbers",
    arguments: [
      -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0x1p53,
      0x1p53 + 2, -0x1p53, 0.1,
    ])
  func oddNumbers(value: Double) throws {
    let minute = Samples.midnight
    #expect(try comesBack([Samples.row(minute, 3), Samples.row(minute + 1, value)]))
    #expect(try comesBack([Samples.row(minute, value), Samples.row(minute + 1, 3)]))
  }

  @Test("gives back cells of any content")
  func random() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      var minute = Samples.midnight
      var cells: [Cell] = []
      for _ in 0..<Int.random(in: 1...50, using: &random) {
        var cell = Cell(minute: minute)
        minute += Int64.random(in: 1...9, using: &random)
        cell.count = Int64.random(in: 0...3, using: &random)
        cell.rejects = random.next() % 4 == 0 ? .max : 0
        cell.firstTime = Int64(bitPattern: random.next())
        cell.lastTime = Int64(bitPattern: random.next())
        cell.first = Double(bitPattern: random.next())
        cell.last = random.next() % 2 == 0 ? cell.first : 12
        cell.increase = Double(random.next() % 100)
        cell.sum = -0.0
        cells.append(cell)
      }
      #expect(try comesBack(cells))
    }
  }

  @Test("refuses every prefix, and never traps on flipped or random bytes")
  func hostile() throws {
    let cells = Samples.counter(from: Samples.midnight, minutes: 200, jitter: true)
    let bytes = ChunkCodec.encode(cells, step: 1)
    for length in 0..<bytes.count {
      #expect(throws: ChunkCodec.Malformed.self) {
        try ChunkCodec.decode(Array(bytes[..<length]), step: 1)
      }
    }
    var random = SeededGenerator(seed: 11)
    var refused = 0
    for round in 0..<20_000 {
      var broken = bytes
      if round % 2 == 0 {
        broken[Int.random(in: 0..<bytes.count, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
      } else {
        broken = [1] + (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      do throws(ChunkCodec.Malformed) {
        _ = try ChunkCodec.decode(broken, step: 1)
      } catch { refused += 1 }
    }
    #expect(refused > 0)
  }

  // A run head of 2^62 cells would ask for memory without end.
  @Test("refuses a chunk of more cells than a day has minutes")
  func bomb() {
    #expect(throws: ChunkCodec.Malformed.self) {
      try ChunkCodec.decode([1, 0xA1, 0x0B, 3, 0], step: 1)  // 1441 cells
    }
  }
}
