/// The samples of a piece of exposition text, column by column, and everything else in it.
struct ExpositionColumns: Sendable {
  /// Lines of one series that follow each other, all with a time or all without.
  struct Run: Sendable {
    /// The number of the series with the scanner.
    var series: Int32 = 0
    var hasTimes = false
    /// Whether there is an exemplar; then the run is one line.
    var hasExemplar = false
    /// The first sample.
    var start: Int32 = 0
    /// The first line, from 0, and its first byte in the piece.
    var line: Int32 = 0
    var offset: Int32 = 0
  }

  /// A line without a sample.
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
    /// The line's first byte in the piece.
    let offset: Int
  }

  /// The columns are longer than their content, so that lines can be added without checking the length.
  private(set) var room = 1 << 12
  var times = [Int64](repeating: 0, count: 1 << 12)
  var values = [Double](repeating: 0, count: 1 << 12)
  var runs = [Run](repeating: Run(), count: 1 << 12)
  /// How many samples and runs there are.
  var samples = 0
  var runCount = 0
  var notes: [Note] = []
  /// Where the scanner met series for the first time, in the order of their numbers.
  var newSeries: [Range<Int>] = []
  /// Whether the scanner counts its series from 0 again.
  var startsOver = false
  var lines = 0
  /// What ended the reading, after all the rest.
  var stop: Stop?

  /// Makes room for at least one more sample and run.
  mutating func grow() {
    guard samples == room else { return }
    times += [Int64](repeating: 0, count: room)
    values += [Double](repeating: 0, count: room)
    runs += [Run](repeating: Run(), count: room)
    room *= 2
  }

  /// The samples of a run.
  func samples(of run: Int) -> Range<Int> {
    Int(runs[run].start)..<(run + 1 < runCount ? Int(runs[run + 1].start) : samples)
  }

  mutating func removeAll() {
    (samples, runCount) = (0, 0)
    notes.removeAll(keepingCapacity: true)
    newSeries.removeAll(keepingCapacity: true)
    (startsOver, lines, stop) = (false, 0, nil)
  }
}
