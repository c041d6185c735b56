@testable import Ingest

/// Makes small blocks, right ones and such as no server writes.
struct BlockBuilder {
  struct Chunk {
    let encoding: UInt8
    let data: [UInt8]
    let times: ClosedRange<Int64>
  }

  struct Entry {
    /// In order; `__name__` among them.
    var labels: [(name: String, value: String)]
    var chunks: [Chunk]
  }

  let version: UInt8
  var entries: [Entry]
  var tombstones: [UInt8] = []
  /// Whether the table of postings names each list twice.
  var repeatsPostings = false
  /// Whether all chunks of a series are the first.
  var repeatsChunks = false

  /// Plain numbers with a stale marker, one series in two chunks, and both kinds of native histograms.
  static func small(version: UInt8) -> BlockBuilder {
    let start: Int64 = 1_790_000_000_000
    func numbers(_ times: [Int64], _ values: [Double]) -> Chunk {
      chunk(times.map { start + $0 }, values)
    }
    return BlockBuilder(
      version: version,
      entries: [
        Entry(
          labels: [("__name__", "a"), ("x", "é")],
          chunks: [
            numbers([0, 15_000, 30_000, 46_000], [1, 2, 2, 0.5]),
            numbers([60_000, 75_000], [3, Double(bitPattern: 0x7FF0_0000_0000_0002)]),
          ]),
        Entry(labels: [("__name__", "b")], chunks: [numbers([1], [7])]),
        Entry(
          labels: [("__name__", "h")], chunks: [histogram(start, isFloat: false)]),
        Entry(
          labels: [("__name__", "h"), ("f", "1")], chunks: [histogram(start, isFloat: true)]),
      ],
      // Of the first series in version 2, from a second on for two.
      tombstones: [8] + Varint.signed(start + 29_000) + Varint.signed(start + 31_000))
  }

  // MARK: The files

  var image: BlockImage {
    var image = BlockImage()
    let (index, chunks) = files
    image.files = [
      .meta: Array(
        #"{"ulid":"01","minTime":1790000000000,"maxTime":1790007200000,"version":1}"#.utf8),
      .index: index, .chunks: chunks,
      .tombstones: [0x01, 0x30, 0xBA, 0x30, 1] + tombstones + BigEndian.sum(tombstones),
    ]
    return image
  }

  private var files: (index: [UInt8], chunks: [UInt8]) {
    var index: [UInt8] = [0xBA, 0xAA, 0xD7, 0x00, version]
    var chunks: [UInt8] = [0x85, 0xBD, 0x40, 0xDD, 1, 0, 0, 0]
    let texts = Set(entries.flatMap { $0.labels.flatMap { [$0.name, $0.value] } }).sorted()
    var symbols = BigEndian.bytes(UInt64(texts.count), 4)
    var references: [String: UInt64] = [:]
    for (number, text) in texts.enumerated() {
      references[text] = version == 1 ? UInt64(index.count + 4 + symbols.count) : UInt64(number)
      symbols += Varint.text(text)
    }
    let symbolsPlace = index.count
    index += BigEndian.section(symbols)
    let seriesPlace = index.count
    var postings: [String: [UInt64]] = [:]
    for entry in entries {
      if version == 2 { index += Array(repeating: 0, count: (16 - index.count % 16) % 16) }
      let number = UInt64(version == 1 ? index.count : index.count / 16)
      var content = Varint.unsigned(UInt64(entry.labels.count))
      for (name, value) in entry.labels {
        content += Varint.unsigned(references[name] ?? 0) + Varint.unsigned(references[value] ?? 0)
        if name == "__name__" { postings[value, default: []].append(number) }
      }
      content += Varint.unsigned(UInt64(entry.chunks.count))
      var (time, place): (Int64, Int64) = (0, 0)
      for (number, chunk) in entry.chunks.enumerated() {
        let (start, end) = (chunk.times.lowerBound, chunk.times.upperBound)
        content += number == 0 ? Varint.signed(start) : Varint.unsigned(UInt64(start - time))
        content += Varint.unsigned(UInt64(end - start))
        content +=
          number == 0
          ? Varint.unsigned(UInt64(chunks.count))
          : Varint.signed(repeatsChunks ? 0 : Int64(chunks.count) - place)
        (time, place) = (end, Int64(chunks.count))
        chunks += Varint.unsigned(UInt64(chunk.data.count)) + [chunk.encoding] + chunk.data
        chunks += BigEndian.sum([chunk.encoding] + chunk.data)
      }
      index += Varint.unsigned(UInt64(content.count)) + content + BigEndian.sum(content)
    }
    let postingsPlace = index.count
    let times = repeatsPostings ? 2 : 1
    var table = BigEndian.bytes(UInt64(postings.count * times), 4)
    for (name, series) in postings.sorted(by: { $0.key < $1.key }) {
      let entry = [2] + Varint.text("__name__") + Varint.text(name)
      for _ in 0..<times { table += entry + Varint.unsigned(UInt64(index.count)) }
      index += BigEndian.section(
        BigEndian.bytes(UInt64(series.count), 4) + series.flatMap { BigEndian.bytes($0, 4) })
    }
    let tablePlace = index.count
    index += BigEndian.section(table)
    let contents = [symbolsPlace, seriesPlace, 0, 0, postingsPlace, tablePlace]
      .flatMap { BigEndian.bytes(UInt64($0), 8) }
    return (index + contents + BigEndian.sum(contents), chunks)
  }

  // MARK: Chunks

  /// Plain numbers, the simplest way they can be written.
  static func chunk(_ times: [Int64], _ values: [Double]) -> Chunk {
    var bits = BitWriter()
    bits.append(UInt64(times.count), 16)
    bits.bytes += Varint.signed(times[0]) + BigEndian.bytes(values[0].bitPattern, 8)
    var step: Int64 = 0
    for index in times.indices.dropFirst() {
      let next = times[index] - times[index - 1]
      if index == 1 {
        bits.bytes += Varint.unsigned(UInt64(next))
      } else if next == step {
        bits.append(0, 1)
      } else {
        bits.append(0b1111, 4)
        bits.append(UInt64(bitPattern: next - step), 64)
      }
      step = next
      bits.append(values[index].bitPattern, since: values[index - 1].bitPattern)
    }
    return Chunk(encoding: 1, data: bits.bytes, times: times[0]...times[times.count - 1])
  }

  /// Two histograms of schema 0, a minute apart, with two positive buckets and a negative one.
  static func histogram(_ start: Int64, isFloat: Bool) -> Chunk {
    var bits = BitWriter()
    bits.append(2, 16)
    // No resets, no threshold, schema 0; spans of length and offset.
    bits.append(0, 16)
    bits.append(signed: 0)
    for spans: [(UInt64, Int64)] in [[(1, 0), (1, 2)], [(1, 1)]] {
      bits.append(unsigned: UInt64(spans.count))
      for (length, offset) in spans {
        bits.append(unsigned: length)
        bits.append(signed: offset)
      }
    }
    let samples: [(sum: Double, counts: [Double])] = [
      (4.5, [6, 1, 2, 2, 1]), (9, [9, 1, 4, 3, 1]),
    ]
    bits.append(signed: start)
    if isFloat {
      for count in samples[0].counts[..<2] { bits.append(count.bitPattern, 64) }
      bits.append(samples[0].sum.bitPattern, 64)
      for count in samples[0].counts[2...] { bits.append(count.bitPattern, 64) }
      bits.append(signed: 60_000)
      var pairs = Array(zip(samples[1].counts, samples[0].counts))
      pairs.insert((samples[1].sum, samples[0].sum), at: 2)
      for (new, old) in pairs { bits.append(new.bitPattern, since: old.bitPattern) }
    } else {
      bits.append(unsigned: 6)
      bits.append(unsigned: 1)
      bits.append(samples[0].sum.bitPattern, 64)
      // Differences from the bucket before: 2, 2 and a side of its own, 1.
      for delta: Int64 in [2, 0, 1] { bits.append(signed: delta) }
      bits.append(signed: 60_000)
      bits.append(signed: 3)
      bits.append(signed: 0)
      bits.append(samples[1].sum.bitPattern, since: samples[0].sum.bitPattern)
      for delta: Int64 in [2, -1, 0] { bits.append(signed: delta) }
    }
    return Chunk(encoding: isFloat ? 3 : 2, data: bits.bytes, times: start...start + 60_000)
  }
}

/// Bits, the highest of each byte first.
struct BitWriter {
  var bytes: [UInt8] = [] {
    didSet { if bytes.count != oldValue.count { left = 0 } }
  }
  /// Bits of the last byte that are free.
  private var left = 0

  mutating func append(_ value: UInt64, _ count: Int) {
    for bit in (0..<count).reversed() {
      if left == 0 {
        bytes.append(0)
        left = 8
      }
      left -= 1
      let last = bytes.count - 1
      let free = left
      bytes[last] |= UInt8(truncatingIfNeeded: value >> UInt64(bit) & 1) << UInt8(free)
    }
  }

  mutating func append(unsigned value: UInt64) {
    append(value, width: [0, 3, 6, 9, 12, 18, 25, 56].first { value >> UInt64($0) == 0 })
  }

  mutating func append(signed value: Int64) {
    let width = [0, 3, 6, 9, 12, 18, 25, 56].first { width in
      let half = width == 0 ? 0 : Int64(1) << Int64(width - 1)
      return width == 0 ? value == 0 : -half < value && value <= half
    }
    append(UInt64(bitPattern: value), width: width)
  }

  private mutating func append(_ value: UInt64, width: Int?) {
    let ones = [0, 3, 6, 9, 12, 18, 25, 56].firstIndex(of: width ?? 64) ?? 8
    for _ in 0..<ones { append(1, 1) }
    if width != nil { append(0, 1) }
    append(value, width ?? 64)
  }

  /// A number as XOR with the one before, with all its bits.
  mutating func append(_ bits: UInt64, since old: UInt64) {
    guard bits != old else { return append(0, 1) }
    append(0b11, 2)
    append(0, 11)
    append(bits ^ old, 64)
  }
}

/// Numbers of seven bits a byte.
enum Varint {
  static func unsigned(_ number: UInt64) -> [UInt8] {
    number < 0x80
      ? [UInt8(number)] : [UInt8(truncatingIfNeeded: number) | 0x80] + unsigned(number >> 7)
  }

  static func signed(_ number: Int64) -> [UInt8] {
    unsigned(UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  static func text(_ text: String) -> [UInt8] {
    unsigned(UInt64(text.utf8.count)) + Array(text.utf8)
  }
}

extension BigEndian {
  static func sum(_ bytes: [UInt8]) -> [UInt8] { self.bytes(UInt64(CRC32C.of(bytes)), 4) }

  static func section(_ content: [UInt8]) -> [UInt8] {
    bytes(UInt64(content.count), 4) + content + sum(content)
  }
}
