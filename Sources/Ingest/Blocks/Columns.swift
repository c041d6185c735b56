/// Samples of one series side by side: times in nanoseconds since the epoch, and values.
final class Columns {
  /// The most samples that a chunk can hold: its count has 16 bits.
  static let longestChunk = 1 << 16

  let times: UnsafeMutablePointer<Int64>
  let values: UnsafeMutablePointer<Double>
  let capacity: Int
  var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    times = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
  }

  deinit {
    times.deallocate()
    values.deallocate()
  }

  /// Takes out what is in the spans, from the place `start` on.
  func remove(_ spans: [ClosedRange<Int64>], from start: Int) {
    guard !spans.isEmpty else { return }
    var kept = start
    for index in start..<count where !spans.hold(times[index]) {
      times[kept] = times[index]
      values[kept] = values[index]
      kept += 1
    }
    count = kept
  }
}
