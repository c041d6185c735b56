/// The middle of values; of an even count the mean of the two in the middle.
public enum Median {
  /// The median of numbers none of which is NaN; `nil` without any.
  public static func of(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    var values = values
    return of(&values)
  }

  /// The median of at least one number; moves them about in place.
  static func of(_ values: inout [Double]) -> Double {
    values.withUnsafeMutableBufferPointer { of($0) }
  }

  /// The median of at least one number; moves them about in place.
  static func of(_ values: UnsafeMutableBufferPointer<Double>) -> Double {
    let middle = values.count / 2
    let upper = select(middle, of: values)
    guard values.count % 2 == 0 else { return upper }
    var lower = values[0]
    for index in 1..<max(1, middle) { lower = max(lower, values[index]) }
    return (lower + upper) / 2
  }

  /// The number that has exactly `rank` others in front of it when sorted; those end up in front of it.
  ///
  /// - Formula: C. A. R. Hoare, *Find* (1961), with the median of three as the pivot.
  static func select(_ rank: Int, of values: UnsafeMutableBufferPointer<Double>) -> Double {
    var (first, last) = (0, values.count - 1)
    while last - first > 8 {
      let middle = first + (last - first) / 2
      if values[middle] < values[first] { values.swapAt(middle, first) }
      if values[last] < values[first] { values.swapAt(last, first) }
      if values[last] < values[middle] { values.swapAt(last, middle) }
      let pivot = values[middle]
      var (low, high) = (first, last)
      while low <= high {
        while values[low] < pivot { low += 1 }
        while pivot < values[high] { high -= 1 }
        if low <= high {
          values.swapAt(low, high)
          low += 1
          high -= 1
        }
      }
      if rank <= high {
        last = high
      } else if rank >= low {
        first = low
      } else {
        return values[rank]
      }
    }
    for index in first..<last {
      var place = index + 1
      let value = values[place]
      while place > first, values[place - 1] > value {
        values[place] = values[place - 1]
        place -= 1
      }
      values[place] = value
    }
    return values[rank]
  }
}
