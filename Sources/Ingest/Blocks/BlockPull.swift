import Model

/// Reads the wanted series of a unit of blocks as cells, on two cores.
struct BlockPull {
  /// What one task came to.
  private struct Product: Sendable {
    var series: [(place: Int, cells: [Cell])] = []
    var read = 0
    var first = Int64.max
    var last = Int64.min
    var digest: UInt32 = 0
    var failure: BlockFault?

    /// Counts samples of which the first and the last in time are known to be among some.
    mutating func count(_ times: Span<Int64>, ends: some Sequence<Int>) {
      read += times.count
      for place in ends {
        first = min(first, times[place])
        last = max(last, times[place])
      }
    }
  }

  private struct Worker: PipelineWorker {
    let reader: BlockReader
    let minutes: Int64

    mutating func work(_ task: BlockPlan.Task, reusing spare: consuming Product?) -> Product {
      var product = Product()
      let before = reader.digest
      do {
        if try !readRising(task, into: &product) {
          product = Product()
          try readAny(task, into: &product)
        }
        for time in [product.first, product.last] where product.read > 0 {
          if let reason = PlausibleTime.fault(time) { throw reader.fault(reason, in: task) }
        }
      } catch let fault as BlockFault {
        product.failure = fault
      } catch {
        // Nothing else is thrown: what takes the samples throws nothing.
      }
      product.digest = reader.digest &- before
      return product
    }

    /// Reads series whose times rise, as all do in one block; `false` when one does not.
    private func readRising(_ task: BlockPlan.Task, into product: inout Product) throws -> Bool {
      var isRising = true
      try reader.read(task) { place, times, values in
        product.count(times, ends: times.isEmpty ? [] : [0, times.count - 1])
        if product.series.last?.place != place { product.series.append((place, [])) }
        let last = product.series.count - 1
        isRising =
          Cell.append(values, at: times, length: minutes, to: &product.series[last].cells)
          && isRising
      }
      // The pieces of the series of a histogram come in turn.
      return isRising && Set(product.series.map(\.place)).count == product.series.count
    }

    private func readAny(_ task: BlockPlan.Task, into product: inout Product) throws {
      var builders: [Int: CellBuilder] = [:]
      try reader.read(task) { place, times, values in
        product.count(times, ends: times.indices)
        builders[place, default: CellBuilder(length: minutes)].add(values, at: times)
      }
      product.series = builders.sorted { $0.key < $1.key }.map { ($0.key, $0.value.finish()) }
    }
  }

  let source: String
  var labels: [Label] = []
  let wanted: [Selector]
  let minutes: Int64

  /// Passes on the series of the blocks, and returns what was read.
  ///
  /// - Returns: the content without series, and a checksum over what was wanted of the blocks.
  /// - Throws: ``BlockFault``, and what `keep` throws.
  func read(
    _ blocks: [PrometheusBlock], keep: (Series) throws -> Void
  ) throws -> (content: Content, checksum: UInt32) {
    var ids: [SeriesID] = []
    var places: [SeriesID: Int] = [:]
    let plan = try BlockPlan(blocks, source: source, labels: labels, wanted: wanted) { id in
      if let place = places[id] { return place }
      guard wanted.contains(where: { $0.matches(id) }) else { return nil }
      places[id] = ids.count
      ids.append(id)
      return ids.count - 1
    }
    let minutes = minutes
    let pipeline = Pipeline { _ in Worker(reader: BlockReader(plan), minutes: minutes) }
    var tasks = plan.tasks.makeIterator()
    var content = Content()
    var (first, last, digest) = (Int64.max, Int64.min, UInt32(0))
    while let product = try pipeline.next({ () throws(Fault) in tasks.next() }) {
      if let failure = product.failure { throw failure }
      content.read += product.read
      (first, last) = (min(first, product.first), max(last, product.last))
      digest &+= product.digest
      for (place, cells) in product.series {
        try keep(Series(id: ids[place], kind: .samples, cells: cells))
      }
    }
    for block in blocks { try block.checkUnchanged() }
    if content.read > 0 {
      content.span = Window(start: Instant(nanoseconds: first), end: Instant(nanoseconds: last))
    }
    return (content, digest)
  }
}
