/// A SHA-256.
///
/// - Formula: FIPS 180-4, section 6.2.
public struct SHA256: Hashable, Sendable {
  /// 32 of them.
  public let bytes: [UInt8]

  public init(of message: [UInt8]) {
    var hasher = SHA256Hasher()
    message.withUnsafeBytes { hasher.update($0) }
    self = hasher.finish()
  }

  fileprivate init(words: [UInt32]) {
    bytes = words.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
    }
  }

  /// Reads 64 digits, letters small; `nil` for anything else.
  public init?(hex: String) {
    let digits = hex.utf8.map { (byte: UInt8) -> UInt8? in
      switch byte {
      case 48...57: byte - 48
      case 97...102: byte - 87
      default: nil
      }
    }
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  /// 64 digits, letters small.
  public var hex: String {
    bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
  }
}

/// Takes a message in parts.
public struct SHA256Hasher: Sendable {
  private var hash = SHA256Hasher.start
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  public init() { rest.reserveCapacity(64) }

  public mutating func update(_ part: UnsafeRawBufferPointer) {
    count += UInt64(part.count)
    var part = part[...]
    if !rest.isEmpty {
      let taken = part.prefix(64 - rest.count)
      rest += taken
      part = part.dropFirst(taken.count)
      guard rest.count == 64 else { return }
      rest.withUnsafeBytes { SHA256Hasher.mix($0, into: &hash) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = part.count & ~63
    SHA256Hasher.mix(UnsafeRawBufferPointer(rebasing: part.prefix(whole)), into: &hash)
    rest += part.dropFirst(whole)
  }

  public consuming func finish() -> SHA256 {
    let bits = count * 8
    var end: [UInt8] = [0x80]
    end += Array(repeating: 0, count: (119 - rest.count) % 64)
    end += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
    end.withUnsafeBytes { update($0) }
    return SHA256(words: hash)
  }

  /// Mixes whole blocks of 64 bytes in.
  private static func mix(_ blocks: UnsafeRawBufferPointer, into hash: inout [UInt32]) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
      constants.withUnsafeBufferPointer { constants in
        for block in stride(from: 0, to: blocks.count, by: 64) {
          for index in 0..<16 {
            words[index] = UInt32(
              bigEndian: blocks.loadUnaligned(
                fromByteOffset: block + 4 * index, as: UInt32.self))
          }
          for index in 16..<64 {
            let (a, b) = (words[index - 15], words[index - 2])
            let small = rotated(a, 7) ^ rotated(a, 18) ^ a >> 3
            let large = rotated(b, 17) ^ rotated(b, 19) ^ b >> 10
            words[index] = words[index - 16] &+ small &+ words[index - 7] &+ large
          }
          var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
          var (e, f, g, h) = (hash[4], hash[5], hash[6], hash[7])
          for index in 0..<64 {
            let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
            let choice = e & f ^ ~e & g
            let first = h &+ sum1 &+ choice &+ constants[index] &+ words[index]
            let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            let majority = a & b ^ a & c ^ b & c
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
          }
          for (index, value) in [a, b, c, d, e, f, g, h].enumerated() {
            hash[index] = hash[index] &+ value
          }
        }
      }
    }
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
