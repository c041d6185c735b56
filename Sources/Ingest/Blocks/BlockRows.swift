/// The samples of a series in one block, one after the other, each with all that is kept of it.
///
/// Of a native histogram that are its count, its sum, the count again for the bucket without a bound, and how many
/// observations are at or below each bound.
final class BlockRows {
  /// For a number that cannot be known: how many observations are below a bound that cuts a bucket in two.
  static let unknown: UInt64 = 0x7FF8_5EED_0000_0001

  /// In nanoseconds since the epoch; `nil` before the first sample and after the last.
  private(set) var time: Int64?
  private(set) var row: [Double]
  var digest: UInt32 { side.digest }

  private let side: BlockSide
  private let deleted: [ClosedRange<Int64>]
  /// `nil` for plain numbers.
  private let bounds: [Double]?
  private let columns: Columns
  private var position = 0
  private var histogram: HistogramChunk?
  /// Of each bound, for the chunk.
  private var cuts: [(below: Int, cuts: Bool)] = []

  init(
    _ side: BlockSide, _ series: UInt32, chunks: Range<Int>? = nil, bounds: [Double]? = nil
  ) throws(BlockFault) {
    deleted = try side.begin(series, at: chunks)
    self.side = side
    self.bounds = bounds
    columns = Columns(capacity: bounds == nil ? Columns.longestChunk : 0)
    row = Array(repeating: 0, count: bounds.map { $0.count + 3 } ?? 1)
  }

  /// Goes to the next sample that is not deleted.
  func advance() throws(BlockFault) {
    while let next = try bounds == nil ? nextNumber() : nextHistogram() {
      time = next
      if !deleted.hold(next) { return }
    }
    time = nil
  }

  private func nextNumber() throws(BlockFault) -> Int64? {
    while position == columns.count {
      (columns.count, position) = (0, 0)
      guard let chunk = try side.next() else { return nil }
      if try !chunk.isHistogram() { try XORChunk.decode(chunk, into: columns) }
    }
    row[0] = columns.values[position]
    position += 1
    return columns.times[position - 1]
  }

  private func nextHistogram() throws(BlockFault) -> Int64? {
    while true {
      if var current = histogram {
        histogram = nil
        if try current.next() {
          fill(from: current)
          histogram = current
          return current.time &* 1_000_000
        }
      }
      guard let chunk = try side.next() else { return nil }
      guard try chunk.isHistogram() else { continue }
      let next = try HistogramChunk(chunk)
      cuts = next.buckets.places(of: bounds ?? [])
      histogram = next
    }
  }

  private func fill(from histogram: HistogramChunk) {
    guard !histogram.isStale else {
      for index in row.indices { row[index] = histogram.sum }
      return
    }
    (row[0], row[1], row[2]) = (histogram.count, histogram.sum, histogram.count)
    var (bucket, sum) = (0, 0.0)
    for (index, place) in cuts.enumerated() {
      while bucket < place.below {
        sum += histogram.counts[bucket]
        bucket += 1
      }
      let isKnown = !place.cuts || histogram.counts[place.below] == 0
      row[3 + index] = isKnown ? sum : Double(bitPattern: BlockRows.unknown)
    }
  }
}

/// Rows that wait to be passed on, column by column.
struct RowTable {
  private let places: [Int?]
  private let limit: Int
  private var times: [Int64] = []
  private var values: [[Double]]

  init(places: [Int?]) {
    self.places = places
    // A quarter of a megabyte of numbers, however many columns there are.
    limit = max(16, min(BlockReader.portion, (1 << 15) / max(places.count, 1)))
    values = Array(repeating: [], count: places.count)
  }

  var isFull: Bool { times.count >= limit }

  mutating func append(_ row: [Double], at time: Int64) {
    times.append(time)
    for index in places.indices where places[index] != nil { values[index].append(row[index]) }
  }

  /// Passes on the rows, and is empty then.
  mutating func flush(_ take: BlockReader.Taker) throws {
    for (index, place) in places.enumerated() {
      guard let place else { continue }
      let column = values[index]
      if column.contains(where: { $0.bitPattern == BlockRows.unknown }) {
        let known = column.indices.filter { column[$0].bitPattern != BlockRows.unknown }
        let (someTimes, someValues) = (known.map { times[$0] }, known.map { column[$0] })
        try take(place, someTimes.span, someValues.span)
      } else if !column.isEmpty {
        try take(place, times.span, column.span)
      }
      values[index].removeAll(keepingCapacity: true)
    }
    times.removeAll(keepingCapacity: true)
  }
}
