import Ingest

extension RunTally {
  /// Adds runs: the provider, the status, the start and the end of each.
  mutating func add(_ rows: borrowing PostgresResult) {
    let base = question.start * 1_000_000
    let bucket = question.bucket * 1_000_000
    for row in 0..<rows.rows {
      guard let name = rows.value(row, 0), let state = rows.value(row, 1),
        let started = rows.microseconds(row, 2)
      else { continue }
      add(
        bucket: Int((started - base) / bucket), status: status(state), provider: provider(name),
        duration: rows.microseconds(row, 3).map { $0 - started })
    }
  }

  /// The length of an interval as the server sends it: microseconds, days, months.
  private static let intervalLength = 16

  /// Adds the runs of a bucket, given as lists.
  ///
  /// - Returns: false when the lists differ in length.
  mutating func add(
    _ bucket: Int, _ states: UnsafeBufferPointer<UInt8>, _ names: UnsafeBufferPointer<UInt8>,
    _ lengths: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var (states, names) = (NameList(states), NameList(names))
    let raw = UnsafeRawBufferPointer(lengths)
    var offset = 0
    while offset + RunTally.intervalLength <= raw.count {
      guard let status = nextStatus(&states), let provider = nextProvider(&names)
      else { return false }
      let time = Int64(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: Int64.self))
      let days = Int32(bigEndian: raw.loadUnaligned(fromByteOffset: offset + 8, as: Int32.self))
      offset += RunTally.intervalLength
      add(
        bucket: bucket, status: status, provider: provider,
        duration: time == -1 && days == -1 ? nil : time + Int64(days) * 86_400_000_000)
    }
    return states.isAtEnd && names.isAtEnd && offset == raw.count
  }
}
