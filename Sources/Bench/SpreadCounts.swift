/// Counts of whole values in cells about 0.4 % wide, with the values themselves of the cells that matter.
///
/// Quantiles are exact without holding every value: a sample predicts which cells hold them, and where it misjudged,
/// another pass over the data does.
struct SpreadCounts {
  /// The bits of a value below its leading one that give its cell.
  private static let precision = 8
  static let cells = (63 - precision + 1) << precision

  /// How many values are in each cell; the top bit says that they are kept.
  private var counts = [UInt32](repeating: 0, count: cells)
  private(set) var kept: [Int64] = []

  private static let keeps: UInt32 = 1 << 31

  @inline(__always)
  static func cell(of value: Int64) -> Int {
    let value = max(0, value)
    let shift = max(0, 63 - precision - (value | 1).leadingZeroBitCount)
    return shift << precision + Int(value >> Int64(shift))
  }

  @inline(__always)
  mutating func add(_ value: Int64) {
    let cell = SpreadCounts.cell(of: value)
    let count = counts[cell] &+ 1
    counts[cell] = count
    if count >= SpreadCounts.keeps { kept.append(value) }
  }

  /// Keeps the values of cells from now on.
  mutating func keep(_ cells: ClosedRange<Int>) {
    for cell in cells { counts[cell] |= SpreadCounts.keeps }
  }

  func count(_ cell: Int) -> Int { Int(counts[cell] & ~SpreadCounts.keeps) }

  /// Whether every value of the cell is there.
  func isWhole(_ cell: Int) -> Bool { counts[cell] >= SpreadCounts.keeps || counts[cell] == 0 }

  var total: Int { counts.reduce(0) { $0 + Int($1 & ~SpreadCounts.keeps) } }
}

/// Values of one kind, counted in parts.
struct Spread {
  let parts: [SpreadCounts]
  let total: Int

  init(_ parts: [SpreadCounts]) {
    self.parts = parts
    total = parts.reduce(0) { $0 + $1.total }
  }

  /// The value between the two of the ranks around, or the cells whose values are missing for that.
  ///
  /// - Formula: with n values in order, that of rank `share · (n - 1)` from 0 on, between ranks by a straight line.
  func quantile(_ share: Double) -> Result<Double, MissingCells> {
    let rank = share * Double(total - 1)
    let low = Int(rank)
    switch (value(low), value(min(low + 1, total - 1))) {
    case (.success(let one), .success(let other)):
      return .success(Double(one) + (rank - Double(low)) * Double(other - one))
    case (let one, let other):
      var missing: [Int] = []
      for case .failure(let cells) in [one, other] { missing += cells.cells }
      return .failure(MissingCells(cells: missing))
    }
  }

  private func value(_ rank: Int) -> Result<Int64, MissingCells> {
    var before = 0
    for cell in 0..<SpreadCounts.cells {
      let count = parts.reduce(0) { $0 + $1.count(cell) }
      guard rank < before + count else {
        before += count
        continue
      }
      guard parts.allSatisfy({ $0.isWhole(cell) }) else {
        return .failure(MissingCells(cells: [cell]))
      }
      let values = parts.flatMap { $0.kept.lazy.filter { SpreadCounts.cell(of: $0) == cell } }
      return .success(values.sorted()[rank - before])
    }
    return .failure(MissingCells(cells: []))
  }
}

struct MissingCells: Error {
  let cells: [Int]
}
