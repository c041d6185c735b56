/// The rows of a piece of a table, column by column.
struct TableColumns: Sendable {
  struct Stop: Sendable {
    let fault: LineFault
    let line: Int
    /// The row's first byte in the piece.
    let offset: Int
  }

  /// The group of each row, by its number with the scanner; none in a wide table.
  var groups: [Int32] = []
  var times: [Int64] = []
  /// As many for each row as the table has columns of numbers.
  var values: [Double] = []
  /// How many rows there are: the columns are longer, so that rows can be added without a look at their length.
  var rows = 0
  /// What identifies the groups that the scanner met for the first time: `FF value` for each label.
  var newGroups: [[UInt8]] = []
  /// Whether the scanner counts its groups from 0 again.
  var startsOver = false
  /// Times that differ from those before them.
  var changes: [Int64] = []
  /// The unit of Unix times, and the first row that has it.
  var unit: (unit: TableTime.Unit, line: Int, offset: Int)?
  var lines = 0
  /// Words for states that are not known.
  var unknownStates: [String] = []
  /// What ended the reading, after all the rest.
  var stop: Stop?

  /// Makes room for at least one more row with so many numbers.
  mutating func grow(_ numbers: Int) {
    guard rows == times.count else { return }
    let more = max(rows, 1 << 10)
    groups += [Int32](repeating: 0, count: more)
    times += [Int64](repeating: 0, count: more)
    values += [Double](repeating: 0, count: more * numbers)
  }

  mutating func note(unknown word: String) {
    guard unknownStates.count < 10, !unknownStates.contains(word) else { return }
    unknownStates.append(word)
  }

  mutating func removeAll() {
    rows = 0
    newGroups.removeAll(keepingCapacity: true)
    changes.removeAll(keepingCapacity: true)
    unknownStates.removeAll(keepingCapacity: true)
    (startsOver, lines, stop, unit) = (false, 0, nil, nil)
  }
}
