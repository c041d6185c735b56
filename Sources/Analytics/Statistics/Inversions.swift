/// Pairs of a sequence that are out of order.
enum Inversions {
  /// Sorts the keys, and counts the pairs of which the earlier was larger.
  static func count(_ keys: inout [Double], _ scratch: inout [Double]) -> Int {
    let count = keys.count
    return keys.withUnsafeMutableBufferPointer { first in
      scratch.withUnsafeMutableBufferPointer { second in
        var total = 0
        // Short runs by insertion.
        let run = 8
        var start = 0
        while start < count {
          let end = min(start + run, count)
          var place = start + 1
          while place < end {
            let key = first[place]
            var hole = place
            while hole > start, first[hole - 1] > key {
              first[hole] = first[hole - 1]
              hole -= 1
            }
            first[hole] = key
            total += place - hole
            place += 1
          }
          start = end
        }
        var (from, to) = (first, second)
        var width = run
        var isSwapped = false
        while width < count {
          var start = 0
          while start < count {
            let (middle, end) = (min(start + width, count), min(start + 2 * width, count))
            total += merge(from, to, start, middle, end)
            start = end
          }
          (from, to) = (to, from)
          isSwapped.toggle()
          width *= 2
        }
        if isSwapped { for index in 0..<count { first[index] = second[index] } }
        return total
      }
    }
  }

  /// Merges two sorted runs without a branch that depends on the keys: which one is next cannot be guessed.
  @inline(__always)
  private static func merge(
    _ from: UnsafeMutableBufferPointer<Double>, _ to: UnsafeMutableBufferPointer<Double>,
    _ start: Int, _ middle: Int, _ end: Int
  ) -> Int {
    guard let source = from.baseAddress, let target = to.baseAddress else { return 0 }
    var (left, right, place, total) = (start, middle, start, 0)
    while left < middle, right < end {
      let (one, two) = (source[left], source[right])
      let isOut = two < one
      let step = isOut ? 1 : 0
      target[place] = isOut ? two : one
      total &+= isOut ? middle &- left : 0
      right &+= step
      left &+= 1 &- step
      place &+= 1
    }
    while left < middle {
      target[place] = source[left]
      left &+= 1
      place &+= 1
    }
    while right < end {
      target[place] = source[right]
      right &+= 1
      place &+= 1
    }
    return total
  }
}
