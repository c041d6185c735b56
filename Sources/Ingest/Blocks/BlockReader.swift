/// Reads the tasks of a plan; each thread has one of its own.
final class BlockReader {
  /// The most samples that are passed on at a time.
  static let portion = 4096

  /// Takes a piece of a series: its place, times in nanoseconds since the epoch, and values.
  typealias Taker = (Int, Span<Int64>, Span<Double>) throws -> Void

  private let plan: BlockPlan
  private var sides: [BlockSide?]
  private let columns = Columns(capacity: Columns.longestChunk + portion)
  /// Tells one content of the wanted series from another, whatever the order in which tasks are read: those of several
  /// threads are added.
  private(set) var digest: UInt32 = 0

  init(_ plan: BlockPlan) {
    self.plan = plan
    sides = Array(repeating: nil, count: plan.blocks.count)
  }

  /// Reads one task.
  ///
  /// - Parameters:
  ///   - task: one of the plan.
  ///   - take: gets the samples of each place in order of time, some thousand at once at most.
  /// - Throws: ``BlockFault``, and what `take` throws.
  func read(_ task: BlockPlan.Task, _ take: Taker) throws {
    for (place, parts) in task.numbers {
      if parts.count == 1 {
        try readNumbers(parts[0], place, take)
      } else {
        let streams = try parts.map { try BlockRows(side($0.block), $0.series) }
        try merge(streams, into: [place], take)
      }
    }
    if let histogram = task.histogram {
      let streams = try histogram.parts.map {
        try BlockRows(
          side($0.block), $0.series, chunks: histogram.chunks, bounds: histogram.bounds)
      }
      try merge(streams, into: histogram.places, take)
    }
  }

  /// A fault of a task, at the entry of its series in the index.
  func fault(_ reason: IngestError.Reason, in task: BlockPlan.Task) -> BlockFault {
    let parts = task.numbers.first?.parts ?? task.histogram?.parts
    guard let part = parts?.first else { return BlockFault(reason, in: "") }
    let index = plan.blocks[part.block].index
    return BlockFault(reason, in: index.file.path, at: index.place(of: part.series))
  }

  private func side(_ block: Int) -> BlockSide {
    if let side = sides[block] { return side }
    let side = BlockSide(plan.blocks[block])
    sides[block] = side
    return side
  }

  /// The common case: a series of one block, decoded into columns that are passed on unchanged.
  private func readNumbers(
    _ part: (block: Int, series: UInt32), _ place: Int, _ take: Taker
  ) throws {
    let side = side(part.block)
    let deleted = try side.begin(part.series)
    columns.count = 0
    while let chunk = try side.next() {
      guard try !chunk.isHistogram() else { continue }
      if columns.count > 0, columns.count + chunk.count > BlockReader.portion {
        try flush(place, take)
      }
      let start = columns.count
      try XORChunk.decode(chunk, into: columns)
      columns.remove(deleted, from: start)
    }
    try flush(place, take)
    digest &+= side.digest
  }

  private func flush(_ place: Int, _ take: Taker) throws {
    let times = UnsafeBufferPointer(start: columns.times, count: columns.count)
    let values = UnsafeBufferPointer(start: columns.values, count: columns.count)
    for start in stride(from: 0, to: columns.count, by: BlockReader.portion) {
      let piece = start..<min(start + BlockReader.portion, columns.count)
      try take(
        place, times.extracting(piece).span, values.extracting(piece).span)
    }
    columns.count = 0
  }

  /// Brings the rows of one series from several blocks in order of time, of equal times that of the first block first.
  ///
  /// Equal times are passed on together, so that the receiver chooses and counts.
  private func merge(_ streams: [BlockRows], into places: [Int?], _ take: Taker) throws {
    var table = RowTable(places: places)
    for stream in streams { try stream.advance() }
    while let time = streams.compactMap(\.time).min() {
      for stream in streams where stream.time == time {
        table.append(stream.row, at: time)
        try stream.advance()
      }
      if table.isFull { try table.flush(take) }
    }
    try table.flush(take)
    for stream in streams { digest &+= stream.digest }
  }
}

/// One block as one thread reads it, series by series.
final class BlockSide {
  private let block: PrometheusBlock
  private let window: FileWindow
  private let reader: ChunkReader
  private var key = SeriesKey(source: "")
  private var chunks: [UInt64] = []
  /// Those of the chunks that come next.
  private var places = 0..<0
  /// Over the checksums of the chunks that were read.
  private(set) var digest: UInt32 = 0

  init(_ block: PrometheusBlock) {
    self.block = block
    window = FileWindow(block.index.file)
    reader = ChunkReader(block.chunks)
  }

  /// Goes to the chunks of a series, or to those at some places; gives the spans of it that are deleted.
  func begin(
    _ series: UInt32, at places: Range<Int>? = nil
  ) throws(BlockFault) -> [ClosedRange<Int64>] {
    try block.index.read(series, window, key: &key, chunks: &chunks)
    self.places = chunks.indices.clamped(to: places ?? chunks.indices)
    let deleted = block.tombstones.spans(of: series)
    digest = 0
    add(series)
    for span in deleted { for time in [span.lowerBound, span.upperBound] { add(time) } }
    return deleted
  }

  /// The next chunk, good until the one after it; `nil` after the last.
  func next() throws(BlockFault) -> StoredChunk? {
    guard let place = places.popFirst() else { return nil }
    let chunk = try reader.chunk(chunks[place], of: block.index.file)
    add(chunk.checksum)
    return chunk
  }

  private func add<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number) { digest = CRC32C.of($0, after: digest) }
  }
}
