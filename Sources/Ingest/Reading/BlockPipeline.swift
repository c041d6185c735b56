/// Turns blocks into what stands in them, knowing nothing but the blocks that it has seen.
protocol BlockScanner: SendableMetatype {
  /// What stands in a block; it is emptied and used again.
  associatedtype Found: Sendable

  func makeFound() -> Found
  mutating func scan(_ block: Block, into found: inout Found)
}

/// Scans the blocks of a stream on two cores, and gives what was found to the calling thread, in order.
final class BlockPipeline<Scanner: BlockScanner> {
  /// A block, what was found in it, and the number of the scanner that did: 0 or 1.
  struct Scanned: Sendable {
    var block: Block
    var found: Scanner.Found
    var scanner: Int
  }

  private struct Worker: PipelineWorker {
    var scanner: Scanner
    let number: Int

    mutating func work(_ block: Block, reusing spare: consuming Scanned?) -> Scanned {
      var found = Worker.found(of: consume spare) ?? scanner.makeFound()
      scanner.scan(block, into: &found)
      return Scanned(block: block, found: found, scanner: number)
    }

    /// Takes out what was found, so that it is not shared and copied.
    private static func found(of spare: consuming Scanned?) -> Scanner.Found? { spare?.found }
  }

  private let pipeline: Pipeline<Worker>
  private var cutter: BlockCutter

  init(_ cutter: BlockCutter, makeScanner: @escaping @Sendable () -> Scanner) {
    self.cutter = cutter
    pipeline = Pipeline { Worker(scanner: makeScanner(), number: $0) }
  }

  /// Calls `body` with each block, what was found in it, and the number of the scanner.
  ///
  /// - Throws: what reading throws, behind the blocks before it; what `body` throws.
  func forEach(_ body: (Block, inout Scanner.Found, _ scanner: Int) throws -> Void) throws {
    var next = try self.next()
    while var scanned = next.take() {
      try body(scanned.block, &scanned.found, scanned.scanner)
      next = try self.next(recycling: scanned)
    }
  }

  /// Gives the next block.
  ///
  /// - Parameter done: one that is not needed any more, whose storage is used again.
  /// - Returns: `nil` behind the last.
  /// - Throws: what reading throws, behind the blocks before it.
  func next(recycling done: consuming Scanned? = nil) throws(Fault) -> Scanned? {
    if var done {
      cutter.recycle(&done.block)
      pipeline.recycle(done)
    }
    return try pipeline.next { () throws(Fault) in try cutter.next() }
  }
}
