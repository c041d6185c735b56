import Model

extension BucketChoice {
  /// Events under the smallest bucket above the limit, in minutes without one at or under it: some may have kept the limit.
  ///
  /// Where that bucket counts nothing, all events are known to be slower. Of rows, a bound that other minutes have counts
  /// nothing where its row is missing.
  var undecided: [(bound: Double, minute: Int64, amount: Double)] {
    guard !open.isEmpty, bounds.isEmpty || buckets.allSatisfy({ $0.series.kind == .samples }) else {
      return []
    }
    var left = Set(open)
    var found: [(Double, Int64, Double)] = []
    let above = Dictionary(grouping: buckets.filter { $0.bound > limit }, by: \.bound)
    for (bound, buckets) in above.sorted(by: { $0.key < $1.key }) where !left.isEmpty {
      var amounts: [Int64: Double] = [:]
      for series in Series.joined(buckets.map(\.series)) {
        switch series.kind {
        case .rows:
          for cell in series.cells where left.contains(cell.minute) && cell.low >= 0 {
            amounts[cell.minute, default: 0] += cell.sum
          }
        case .samples:
          for cell in series.cells where cell.count > 0 && cell.last == 0 {
            if left.contains(cell.minute) { amounts[cell.minute, default: 0] += 0 }
          }
          for step in CounterIncrease.steps(of: series.cells) where left.contains(step.minute) {
            amounts[step.minute, default: 0] += step.amount
          }
        }
      }
      found += amounts.map { (bound, $0.key, $0.value) }
      left.subtract(amounts.keys)
    }
    return found.map { (bound: $0.0, minute: $0.1, amount: $0.2) }
  }
}
