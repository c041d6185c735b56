import Model

/// Which series of one or more blocks are wanted, and where their samples go.
///
/// Blocks that overlap in time are read as one: a series in several of them is one task.
struct BlockPlan: Sendable {
  /// A series in the blocks that hold it, the first of each pair; the second is its number in the index.
  typealias Parts = [(block: Int, series: UInt32)]

  /// What one thread reads at a time: all that goes into the same places.
  struct Task: Sendable {
    /// Series of plain numbers, each with its place.
    fileprivate(set) var numbers: [(place: Int, parts: Parts)]
    fileprivate(set) var histogram: Histogram?
  }

  /// A series of native histograms, kept as the classic series that it would have been.
  struct Histogram: Sendable {
    let parts: Parts
    /// Which chunks of each part are read, by their places in the index.
    let chunks: Range<Int>
    /// The bounds that any of its chunks has, in order; see ``HistogramBuckets/bounds``.
    let bounds: [Double]
    /// The places of `_count`, `_sum`, `_bucket` with `le="+Inf"`, and of the bounds; `nil` where nobody wants one.
    let places: [Int?]
  }

  /// About so many cells come of a task with a histogram, whose bounds are series each.
  private static let cells = 1 << 15

  let blocks: [PrometheusBlock]
  private(set) var tasks: [Task] = []

  /// Looks through the indexes.
  ///
  /// - Parameters:
  ///   - blocks: of equal times the sample of a later block comes later.
  ///   - source: what the series' IDs begin with.
  ///   - labels: declared for all series.
  ///   - wanted: the series to look for; `x_bucket`, `x_count` and `x_sum` are found in native histograms `x`, too.
  ///   - place: gives a series its place; `nil` when nobody wants it.
  /// - Throws: ``BlockFault``, and what `place` throws.
  init(
    _ blocks: [PrometheusBlock], source: String, labels: [Label] = [], wanted: [Selector],
    place: (SeriesID) throws -> Int?
  ) throws {
    self.blocks = blocks
    let names = Set(
      wanted.filter { $0.source == source && !$0.meansRows }.map { Array($0.name.utf8) })
    let histograms = Set(names.compactMap(BlockPlan.histogram))
    var key = SeriesKey(source: source)
    var chunks: [UInt64] = []
    var taskOfPlace: [Int: Int] = [:]
    var native: [SeriesID: Int] = [:]
    var found: [(key: SeriesKey, parts: Parts, chunks: Int, bounds: Set<Double>)] = []
    for (number, block) in blocks.enumerated() {
      let window = FileWindow(block.index.file)
      let reader = ChunkReader(block.chunks)
      key.declared = (block.labels, labels)
      for series in try block.index.series(of: names.union(histograms)) {
        try block.index.read(series, window, key: &key, chunks: &chunks)
        if names.contains(key.name), let place = try place(key.id) {
          let task = taskOfPlace[place] ?? tasks.count
          if task == tasks.count {
            taskOfPlace[place] = task
            tasks.append(Task(numbers: [(place, [])]))
          }
          try tasks[task].numbers[0].parts.add(series, of: number, in: block)
        }
        guard histograms.contains(key.name) else { continue }
        let id = key.id
        let entry = native[id]
        var bounds = entry.map { found[$0].bounds } ?? []
        guard try BlockPlan.addBounds(of: chunks, reader, block, to: &bounds) else { continue }
        let place = entry ?? found.count
        if entry == nil {
          native[id] = place
          found.append((key, [], 0, []))
        }
        try found[place].parts.add(series, of: number, in: block)
        found[place].chunks = max(found[place].chunks, chunks.count)
        found[place].bounds = bounds
      }
    }
    for (key, parts, count, bounds) in found {
      let bounds = bounds.sorted()
      var places = [try place(key.id(ending: "_count")), try place(key.id(ending: "_sum"))]
      for bound in [.infinity] + bounds {
        places.append(try place(key.id(ending: "_bucket", upTo: bound)))
      }
      // A target may report both kinds of histogram at once, or first the one and later the other: what goes into the same
      // place is one task.
      var (numbers, shared): ([(place: Int, parts: Parts)], [Int?]) = ([], [])
      for (index, place) in places.enumerated() {
        let other = place.flatMap { taskOfPlace[$0] }
        shared.append(other == nil ? nil : place)
        guard let other else { continue }
        places[index] = nil
        numbers += tasks[other].numbers
        tasks[other].numbers = []
      }
      func add(_ numbers: [(place: Int, parts: Parts)], _ places: [Int?], _ chunks: Range<Int>) {
        guard places.contains(where: { $0 != nil }) else { return }
        tasks.append(
          Task(
            numbers: numbers,
            histogram: Histogram(parts: parts, chunks: chunks, bounds: bounds, places: places)))
      }
      add(numbers, shared, 0..<count)
      // A chunk has about 120 samples.
      let share = parts.count > 1 ? count : max(1, BlockPlan.cells / (120 * places.count))
      for start in stride(from: 0, to: count, by: share) {
        add([], places, start..<min(start + share, count))
      }
    }
    tasks.removeAll { $0.numbers.isEmpty && $0.histogram == nil }
  }

  /// The name of the native histogram that would give a classic series of this name.
  private static func histogram(of name: [UInt8]) -> [UInt8]? {
    for ending in ["_bucket", "_count", "_sum"]
    where name.count > ending.utf8.count
      && name.suffix(ending.utf8.count).elementsEqual(ending.utf8)
    {
      return name.dropLast(ending.utf8.count)
    }
    return nil
  }

  /// Adds the bounds that the histograms among the chunks have; `false` when there is none.
  private static func addBounds(
    of chunks: [UInt64], _ reader: ChunkReader, _ block: PrometheusBlock,
    to bounds: inout Set<Double>
  ) throws(BlockFault) -> Bool {
    var isHistogram = false
    for reference in chunks {
      let chunk = try reader.chunk(reference, of: block.index.file)
      guard try chunk.isHistogram() else { continue }
      isHistogram = true
      bounds.formUnion(try HistogramChunk(chunk).buckets.bounds)
      guard bounds.count <= HistogramBuckets.limit else {
        throw BlockFault(
          .tooManyBounds(limit: HistogramBuckets.limit), in: chunk.file.path, at: chunk.place)
      }
    }
    return isHistogram
  }
}

extension BlockPlan.Parts {
  fileprivate mutating func add(_ series: UInt32, of block: Int, in found: PrometheusBlock)
    throws(BlockFault)
  {
    guard last?.block != block else {
      throw BlockFault(
        .reference, in: found.index.file.path, at: found.index.place(of: series))
    }
    append((block, series))
  }
}

extension StoredChunk {
  /// Whether it holds native histograms, not plain numbers.
  func isHistogram() throws(BlockFault) -> Bool {
    switch encoding {
    case 1: return false
    case 2, 3: return true
    default: throw BlockFault(.encoding(encoding), in: file.path, at: place - 1)
    }
  }
}
