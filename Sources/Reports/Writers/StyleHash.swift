/// SHA-256 of a style sheet in base64, as a content security policy names it.
///
/// - Formula: FIPS 180-4, section 6.2.
enum StyleHash {
  static func base64(_ text: String) -> String {
    let digest = sha256(Array(text.utf8))
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    for start in stride(from: 0, to: digest.count, by: 3) {
      let group = Array(digest[start..<min(start + 3, digest.count)])
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * (3 - group.count))
      for position in 0..<4 {
        result.append(
          position <= group.count ? alphabet[Int(bits >> (18 - 6 * UInt32(position)) & 63)] : "=")
      }
    }
    return result
  }

  static func sha256(_ message: [UInt8]) -> [UInt8] {
    var padded = message + [0x80]
    padded += Array(repeating: 0, count: (120 - padded.count % 64) % 64)
    padded += (0..<8).map { UInt8(truncatingIfNeeded: (message.count * 8) >> (56 - 8 * $0)) }
    var hash = start
    var words = [UInt32](repeating: 0, count: 64)
    for block in stride(from: 0, to: padded.count, by: 64) {
      for index in 0..<16 {
        words[index] = (0..<4).reduce(0) { $0 << 8 | UInt32(padded[block + 4 * index + $1]) }
      }
      for index in 16..<64 {
        let (a, b) = (words[index - 15], words[index - 2])
        let small = rotated(a, 7) ^ rotated(a, 18) ^ a >> 3
        let large = rotated(b, 17) ^ rotated(b, 19) ^ b >> 10
        words[index] = words[index - 16] &+ small &+ words[index - 7] &+ large
      }
      var s = hash
      for index in 0..<64 {
        let sum1 = rotated(s[4], 6) ^ rotated(s[4], 11) ^ rotated(s[4], 25)
        let choice = s[4] & s[5] ^ ~s[4] & s[6]
        let first = s[7] &+ sum1 &+ choice &+ constants[index] &+ words[index]
        let sum0 = rotated(s[0], 2) ^ rotated(s[0], 13) ^ rotated(s[0], 22)
        let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
        s = [first &+ sum0 &+ majority, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
      }
      for index in 0..<8 { hash[index] = hash[index] &+ s[index] }
    }
    return hash.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  private static let primes: [UInt64] = {
    var found: [UInt64] = []
    var candidate: UInt64 = 2
    while found.count < 64 {
      if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
      candidate += 1
    }
    return found
  }()

  /// The first 32 bits of the fractions of the square roots of the first eight primes.
  private static let start: [UInt32] = primes.prefix(8).map { rootFraction($0, power: 2) }

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = primes.map { rootFraction($0, power: 3) }

  /// The largest `x` with `x^power <= prime * 2^(32 power)`, of which the low 32 bits are the fraction.
  private static func rootFraction(_ prime: UInt64, power: Int) -> UInt32 {
    let goal = UInt128(prime) << UInt128(32 * power)
    var (low, high): (UInt128, UInt128) = (0, 1 << 37)
    while high - low > 1 {
      let middle = (low + high) / 2
      if (0..<power).reduce(UInt128(1), { product, _ in product * middle }) <= goal {
        low = middle
      } else {
        high = middle
      }
    }
    return UInt32(truncatingIfNeeded: low)
  }
}
