/// The samples of a block of exposition text, column by column, and what else stands there.
struct ExpositionColumns: Sendable {
  /// Lines of one series that follow each other, all with a time or all without.
  struct Run: Sendable {
    /// The number of the series with the scanner.
    var series: Int32
    var hasTimes: Bool
    /// Whether there is an exemplar; then the run is one line.
    var hasExemplar: Bool
    /// The first sample.
    var start: Int32
    /// The first line, from 0, and its first byte in the block.
    var line: Int32
    var offset: Int32
  }

  /// A line that is no sample.
  struct Note: Sendable {
    /// The number of runs before it.
    let runs: Int
    let line: Int
    let range: Range<Int>
    /// Whether a line feed follows.
    let isEnded: Bool
  }

  struct Stop: Sendable {
    let fault: LineFault
    let line: Int
    /// The line's first byte in the block.
    let offset: Int
  }

  var times: [Int64] = []
  var values: [Double] = []
  var runs: [Run] = []
  var notes: [Note] = []
  /// Where the scanner met series for the first time, in the order of their numbers.
  var newSeries: [Range<Int>] = []
  /// Whether the scanner counts its series from 0 again.
  var startsOver = false
  var lines = 0
  /// What ended the reading, behind all the rest.
  var stop: Stop?

  mutating func removeAll() {
    times.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
    newSeries.removeAll(keepingCapacity: true)
    (startsOver, lines, stop) = (false, 0, nil)
  }
}
