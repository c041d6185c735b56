import Model

/// Readings over time, cut down to what can be seen.
struct Thinning {
  /// Ascending seconds, and a value for each.
  let times: [Int64]
  let values: [Double]
  /// The readings of one unbroken line each.
  let stretches: [Range<Int>]
  /// The lowest and the highest value; `nil` without any.
  let extent: ClosedRange<Double>?

  /// Leaves out what lies outside the domain or in a gap; a gap or a value that is not finite breaks the line.
  init(times: [Int64], values: [Double], domain: Window, gaps: [Window]) {
    self.times = times
    self.values = values
    let count = min(times.count, values.count)
    func first(from instant: Instant) -> Int {
      min(count, times.partition(before: (instant - .nanoseconds(1)).seconds))
    }
    var stretches: [Range<Int>] = []
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    // A reading at the very end belongs to the domain.
    let end = domain.end + .nanoseconds(1)
    let measured = WindowSet(gaps).gaps(in: Window(start: domain.start, end: end))
    values.withUnsafeBufferPointer { values in
      for window in measured.windows {
        var start = first(from: window.start)
        let end = first(from: window.end)
        for index in start..<end {
          let value = values[index]
          // Few values are a new extreme, and a guess at that costs less than to wait for the last one.
          if lowest <= value, value <= highest { continue }
          if value.isFinite {
            lowest = min(lowest, value)
            highest = max(highest, value)
          } else {
            if start < index { stretches.append(start..<index) }
            start = index + 1
          }
        }
        if start < end { stretches.append(start..<end) }
      }
    }
    self.stretches = stretches
    extent = lowest <= highest ? lowest...highest : nil
  }

  var count: Int { stretches.reduce(0) { $0 + $1.count } }

  /// Every stretch with the lowest and the highest value of each column, whatever lies between.
  ///
  /// The way into a column is part of the picture too, so both sides of a jump stay. A column that has no reading gets
  /// the height at which the straight line between its neighbours passes. Heights are values; `scale` has whole edges.
  func columns(on scale: TimeScale, step: Double) -> [Columns] {
    let edges = Self.edges(of: scale, step)
    var runs: [Run] = []
    times.withUnsafeBufferPointer { times in
      values.withUnsafeBufferPointer { values in
        for stretch in stretches {
          let run = run(of: stretch, times, values, edges, scale, step)
          // A break inside a column cannot be seen.
          if let last = runs.last, last.end == run.first + 1 {
            runs[runs.count - 1].join(run)
          } else {
            runs.append(run)
          }
        }
      }
    }
    return runs.map {
      Columns(left: scale.left + Double($0.first) * step, step: step, spans: $0.spans)
    }
  }

  private struct Run {
    let first: Int
    var spans: [Columns.Span] = []

    var end: Int { first + spans.count }

    /// Goes on with a run that begins in the last column.
    mutating func join(_ next: Run) {
      guard let end = spans.popLast(), let start = next.spans.first else { return }
      let low = min(end.from, end.to, start.from, start.to)
      let high = max(end.from, end.to, start.from, start.to)
      let rises = abs(start.to - low) >= abs(start.to - high)
      spans.append(rises ? .init(from: low, to: high) : .init(from: high, to: low))
      spans += next.spans.dropFirst()
    }
  }

  /// The first second of each column but the first, and one that is never reached.
  private static func edges(of scale: TimeScale, _ step: Double) -> [Int64] {
    let count = max(1, Int((scale.right - scale.left) / step))
    let length = Double(scale.domain.length.nanoseconds) / 1e9 / Double(count)
    let start = Double(scale.domain.start.nanoseconds) / 1e9
    return (1..<count).map { Int64((start + Double($0) * length).rounded(.up)) } + [.max]
  }

  private func run(
    of stretch: Range<Int>, _ times: UnsafeBufferPointer<Int64>,
    _ values: UnsafeBufferPointer<Double>, _ edges: [Int64], _ scale: TimeScale,
    _ step: Double
  ) -> Run {
    var column = edges.partition(before: times[stretch.lowerBound])
    var run = Run(first: column)
    var index = stretch.lowerBound
    while index < stretch.upperBound {
      let edge = edges[column]
      var (low, high) = (index, index)
      var (lowest, highest) = (values[index], values[index])
      let first = index
      while index < stretch.upperBound, times[index] < edge {
        let value = values[index]
        if value < lowest {
          (lowest, low) = (value, index)
        } else if value > highest {
          (highest, high) = (value, index)
        }
        index += 1
      }
      if index > first {
        run.spans.append(
          low < high
            ? Columns.Span(from: lowest, to: highest) : Columns.Span(from: highest, to: lowest))
      } else {
        let middle = scale.left + (Double(column) + 0.5) * step
        let value = between(index - 1, index, at: middle, scale)
        run.spans.append(Columns.Span(from: value, to: value))
      }
      column += 1
    }
    return run
  }

  /// The value of the straight line between two readings at a pixel.
  private func between(_ one: Int, _ other: Int, at x: Double, _ scale: TimeScale) -> Double {
    let from = scale.x(Instant(seconds: times[one]))
    let to = scale.x(Instant(seconds: times[other]))
    let part = min(max((x - from) / (to - from), 0), 1)
    return values[one] + part * (values[other] - values[one])
  }
}

extension [Int64] {
  /// How many of the ascending numbers are at most `number`.
  fileprivate func partition(before number: Int64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
