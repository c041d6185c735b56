/// Joins the lines of a table to rows: a quote may stay open over line ends (RFC 4180).
struct QuotedLines {
  enum Row {
    /// The line is a row.
    case line
    /// The lines so far are one.
    case joined([UInt8])
    /// A quote is open.
    case unfinished
  }

  private var open: [UInt8] = []
  private(set) var isOpen = false

  mutating func add(_ line: borrowing Span<UInt8>) throws(LineFault) -> Row {
    var quotes = isOpen ? 1 : 0
    for index in 0..<line.count where line[index] == .quote { quotes += 1 }
    let closed = quotes % 2 == 0
    if closed, !isOpen { return .line }
    guard open.count + line.count < LineReader.limit else {
      throw LineFault(.lineTooLong(limit: LineReader.limit), at: 0)
    }
    if isOpen { open.append(.lineFeed) }
    open += line.bytes(0..<line.count)
    isOpen = !closed
    guard closed else { return .unfinished }
    let row = open
    open.removeAll(keepingCapacity: true)
    return .joined(row)
  }
}
