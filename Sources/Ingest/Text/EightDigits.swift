/// Digits read eight at a time, as one word.
enum EightDigits {
  /// Reads digits after those of `number`, moves `place` after them and adds to their count; from 19 digits on the
  /// result means nothing.
  @inline(__always)
  static func read(
    _ place: inout UnsafePointer<UInt8>, after number: UInt64, _ count: inout Int
  ) -> UInt64 {
    var number = number
    while true {
      let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
      let found = self.count(word)
      if found > 0 {
        // Digits after zeros are eight.
        number =
          number &* tens[found] &+ value(of: word << UInt64(truncatingIfNeeded: 64 - 8 * found))
      }
      place += found
      count += found
      if found < 8 || count > 18 { return number }
    }
  }

  private static let tens: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]

  /// How many of the eight bytes, from the first on, are digits.
  @inline(__always)
  static func count(_ word: UInt64) -> Int {
    let word = word ^ 0x3030_3030_3030_3030
    // The lowest byte that is not a digit gets its top bit; carries only touch those after it.
    let others = ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
    return others.trailingZeroBitCount >> 3
  }

  /// Whether all eight bytes are digits: the upper half of each is 3, also when 6 was added.
  @inline(__always)
  static func areAll(_ word: UInt64) -> Bool {
    let (upper, six): (UInt64, UInt64) = (0xF0F0_F0F0_F0F0_F0F0, 0x0606_0606_0606_0606)
    return (word & upper) | ((word &+ six) & upper) >> 4 == 0x3333_3333_3333_3333
  }

  /// Eight digits as a number: neighbours are joined to pairs, pairs to fours, fours to eight.
  @inline(__always)
  static func value(of word: UInt64) -> UInt64 {
    var word = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* (10 << 8 + 1)) >> 8
    word = ((word & 0x00FF_00FF_00FF_00FF) &* (100 << 16 + 1)) >> 16
    return ((word & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 + 1)) >> 32
  }
}
