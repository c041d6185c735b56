/// Turns pieces into their content, knowing only the pieces that it has seen.
protocol PieceScanner: SendableMetatype {
  /// The content of a piece; it is emptied and used again.
  associatedtype Found: Sendable

  func makeFound() -> Found
  mutating func scan(_ piece: Piece, into found: inout Found)
}

/// Scans the pieces of a stream on two cores, and gives what was found to the calling thread, in order.
final class PiecePipeline<Scanner: PieceScanner> {
  /// A piece, what was found in it, and the number of the scanner that did: 0 or 1.
  struct Scanned: Sendable {
    var piece: Piece
    var found: Scanner.Found
    var scanner: Int
  }

  private struct Worker: PipelineWorker {
    var scanner: Scanner
    let number: Int

    mutating func work(_ piece: Piece, reusing spare: consuming Scanned?) -> Scanned {
      var found = Worker.found(of: consume spare) ?? scanner.makeFound()
      scanner.scan(piece, into: &found)
      return Scanned(piece: piece, found: found, scanner: number)
    }

    /// Takes out what was found, so that it is not shared and copied.
    private static func found(of spare: consuming Scanned?) -> Scanner.Found? { spare?.found }
  }

  private let pipeline: Pipeline<Worker>
  private var cutter: PieceCutter

  init(_ cutter: PieceCutter, makeScanner: @escaping @Sendable () -> Scanner) {
    self.cutter = cutter
    pipeline = Pipeline { Worker(scanner: makeScanner(), number: $0) }
  }

  /// Calls `body` with each piece, what was found in it, and the number of the scanner.
  ///
  /// - Throws: what reading throws, after the pieces before it; what `body` throws.
  func forEach(_ body: (Piece, inout Scanner.Found, _ scanner: Int) throws -> Void) throws {
    var next = try self.next()
    while var scanned = next.take() {
      try body(scanned.piece, &scanned.found, scanned.scanner)
      next = try self.next(recycling: consume scanned)
    }
  }

  /// Gives the next piece.
  ///
  /// - Parameter done: one that is no longer needed, whose storage is used again.
  /// - Returns: `nil` after the last.
  /// - Throws: what reading throws, after the pieces before it.
  func next(recycling done: consuming Scanned? = nil) throws(Fault) -> Scanned? {
    if var done = done.take() {
      cutter.recycle(&done.piece)
      pipeline.recycle(consume done)
    }
    return try pipeline.next { () throws(Fault) in try cutter.next() }
  }
}
