/// A piece of a stream, cut between two of its elements.
struct Piece: Sendable {
  /// Zero bytes after the content, so that words may be read beyond its end.
  static let padding = 64

  fileprivate(set) var bytes: [UInt8]
  /// How many of the bytes are content.
  fileprivate(set) var count = 0
  /// The place of the first byte in the stream.
  fileprivate(set) var start: Int64 = 0
  /// Whether the stream ends with it.
  fileprivate(set) var isLast = false

  /// Lends the content.
  func withContent<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }
}

/// Cuts a stream into pieces; a mark of byte order at the front is taken off.
struct PieceCutter {
  /// The longest element: a line, the labels of a series.
  static let limit = 1 << 20

  private let stream: any ByteStream
  /// How much is read for a piece; more where no element ends in it.
  private let portion: Int
  /// Where content can be cut: the end of its last whole element.
  private let lastCut: (UnsafeRawBufferPointer) -> Int?
  /// What was read and not given yet.
  private var rest: [UInt8] = []
  private var start: Int64 = 0
  private var (isFirst, isDone) = (true, false)
  private var spare: [[UInt8]] = []

  init(
    _ stream: any ByteStream, portion: Int = 1 << 18,
    lastCut: @escaping (UnsafeRawBufferPointer) -> Int?
  ) {
    self.stream = stream
    self.portion = portion
    self.lastCut = lastCut
  }

  /// Behind the last line feed.
  static func lines(_ content: UnsafeRawBufferPointer) -> Int? {
    content.lastIndex(of: .lineFeed).map { $0 + 1 }
  }

  /// The next piece; `nil` after the last, which may be empty.
  ///
  /// - Throws: ``Fault`` of the stream; `lineTooLong`.
  mutating func next() throws(Fault) -> Piece? {
    guard !isDone else { return nil }
    var piece = Piece(bytes: spare.popLast() ?? [], start: start)
    var filled = rest.count
    let least = filled + portion + Piece.padding
    if piece.bytes.count < least {
      piece.bytes = [UInt8](repeating: 0, count: least)
    }
    piece.bytes.withUnsafeMutableBytes { $0.copyBytes(from: rest) }
    while true {
      let end = filled + portion
      if piece.bytes.count < end + Piece.padding {
        piece.bytes += [UInt8](repeating: 0, count: end + Piece.padding - piece.bytes.count)
      }
      let isAtEnd = try PieceCutter.fill(&piece.bytes, &filled, upTo: end, from: stream)
      if isFirst, piece.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        piece.bytes.replaceSubrange(..<3, with: [])
        piece.bytes += [0, 0, 0]
        filled -= 3
        (start, piece.start) = (3, 3)
      }
      isFirst = false
      let cut = piece.bytes.withUnsafeBytes {
        isAtEnd ? filled : lastCut(UnsafeRawBufferPointer(rebasing: $0[..<filled]))
      }
      guard let cut, cut > 0 || isAtEnd else {
        guard filled <= PieceCutter.limit else {
          throw Fault(
            .lineTooLong(limit: PieceCutter.limit),
            at: .init(byte: start + Int64(PieceCutter.limit)))
        }
        continue
      }
      rest = Array(piece.bytes[cut..<filled])
      for place in cut..<cut + Piece.padding { piece.bytes[place] = 0 }
      (piece.count, piece.isLast, isDone) = (cut, isAtEnd, isAtEnd)
      start += Int64(cut)
      return piece
    }
  }

  /// Takes the storage of a piece back, to be used again.
  mutating func recycle(_ piece: inout Piece) {
    let bytes = piece.bytes
    piece.bytes = []
    if bytes.count < 2 * portion, spare.count < 8 { spare.append(bytes) }
  }

  /// Reads until there is no room left; gives whether the stream ended.
  private static func fill(
    _ bytes: inout [UInt8], _ filled: inout Int, upTo end: Int, from stream: any ByteStream
  ) throws(Fault) -> Bool {
    try bytes.withUnsafeMutableBufferPointer { (all) throws(Fault) in
      while filled < end {
        let count = try stream.read(
          into: UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: all[filled..<end])))
        if count == 0 { return true }
        filled += count
      }
      return false
    }
  }
}
