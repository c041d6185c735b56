extension Cell {
  /// The bit pattern of the NaN with which Prometheus marks that a series ended.
  public static let staleMark: UInt64 = 0x7FF0_0000_0000_0002

  /// Adds samples of one series to its cells, of which the last goes on.
  ///
  /// - Parameters:
  ///   - values: NaN and infinity count as rejects of their cell.
  ///   - times: of each value, in nanoseconds since the epoch.
  ///   - length: of a cell, in minutes; cells start at whole multiples of it since the epoch.
  ///   - cells: those made so far by this function, from the same series.
  /// - Returns: `false` if a time is not after the one before; the cells are then of no use.
  public static func append(
    _ values: Span<Double>, at times: Span<Int64>, length: Int64 = 1, to cells: inout [Cell]
  ) -> Bool {
    values.withUnsafeBufferPointer { values in
      times.withUnsafeBufferPointer { times in
        var index = 0
        var isRising = true
        if var last = cells.popLast() {
          let end = lastInstant(of: last.minute, length)
          isRising = last.add(values, at: times, &index, until: end)
          cells.append(last)
        }
        while isRising, index < min(times.count, values.count) {
          let minute = minute(ofSample: times[index]).dividedDown(by: length) * length
          guard cells.last.map({ $0.minute < minute }) ?? true else { return false }
          var cell = Cell(minute: minute)
          isRising = cell.add(values, at: times, &index, until: lastInstant(of: minute, length))
          cells.append(cell)
        }
        return isRising
      }
    }
  }

  private static func lastInstant(of minute: Int64, _ length: Int64) -> Int64 {
    let (end, isPast) = (minute &+ length).multipliedReportingOverflow(by: 60_000_000_000)
    return isPast ? .max : end
  }

  /// Adds the samples from `index` on up to an instant; `false` when their times do not rise.
  @inline(__always)
  private mutating func add(
    _ values: UnsafeBufferPointer<Double>, at times: UnsafeBufferPointer<Int64>,
    _ index: inout Int, until end: Int64
  ) -> Bool {
    // In registers, not in memory.
    var (place, before) = (index, count > 0 ? lastTime : .min)
    var (last, low, high, sum, increase) = (last, low, high, sum, increase)
    var (count, resets) = (count, resets)
    while place < times.count, times[place] <= end {
      let (time, value) = (times[place], values[place])
      guard time > before || (place == index && count == 0) else { return false }
      before = time
      place += 1
      // So that no sum of a cell overflows.
      guard value.magnitude < 1e300 else {
        if value.bitPattern == Cell.staleMark { stale += 1 } else { rejects += 1 }
        continue
      }
      if count == 0 {
        (firstTime, first, low, high) = (time, value, value, value)
      } else {
        increase += Cell.step(from: last, to: value)
        if value < last { resets += 1 }
        low = min(low, value)
        high = max(high, value)
      }
      (last, lastTime) = (value, time)
      count += 1
      sum += value
    }
    (self.last, self.low, self.high, self.sum, self.increase) = (last, low, high, sum, increase)
    (self.count, self.resets) = (count, resets)
    index = place
    return true
  }
}
