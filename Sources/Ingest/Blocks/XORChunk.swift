/// Chunks of plain numbers: times as differences of differences, values as XOR with the one before.
///
/// Encoding 1 of Prometheus' chunk format, after Pelkonen et al., *Gorilla: A Fast, Scalable, In-Memory Time Series
/// Database* (2015), section 4.1, with other widths:
///
/// - The first sample is a time and 64 bits; the second a difference and a value; each further one begins with `0` for the
///   difference of the one before, or `10`, `110`, `1110`, `1111` and a change of it in 14, 17, 20 or 64 bits.
/// - A value is `0` for the one before, `10` and the bits of the last width, or `11`, five bits for the zeros in front, six for
///   the width, and the bits.
///
/// Decoding does not ask bit by bit: a word of at least 57 bits is loaded at the next bit, its highest bits say what follows, and
/// what follows is mostly in the same word. No sample is longer than 19 bytes, and after a chunk ``FileWindow/slack`` bytes can
/// be read; so a bound is compared once a sample, after it. Faults are gathered likewise, as bits that stay set (a step below
/// zero or too long in `steps`, a width that does not fit in `misfits`), and looked at once a chunk.
enum XORChunk {
  /// Times in milliseconds beyond which nanoseconds do not fit; in chunks from beyond the years 1678 to 2262.
  static let latest: Int64 = 9_200_000_000_000

  /// Decodes a chunk after what the columns hold.
  ///
  /// - Parameters:
  ///   - chunk: one of encoding 1.
  ///   - columns: with room for all its samples.
  /// - Throws: ``BlockFault``: `length` where the bytes end or do not fit together, `order` when times fall or are
  ///   centuries away.
  static func decode(_ chunk: StoredChunk, into columns: Columns) throws(BlockFault) {
    guard chunk.data.count >= 2, let base = chunk.data.baseAddress else {
      throw chunk.fault(.length, at: 0)
    }
    let count = chunk.count
    guard count > 0 else { return }
    precondition(count <= columns.capacity - columns.count)
    let times = columns.times + columns.count
    let values = columns.values + columns.count
    var cursor = ByteCursor(chunk.data)
    _ = cursor.fixed(UInt16.self)
    guard let first = cursor.varint(), let bits = cursor.fixed(UInt64.self) else {
      throw chunk.fault(.length, at: cursor.offset * 8)
    }
    guard first.magnitude <= UInt64(latest) else { throw chunk.fault(.order, at: 16) }
    times[0] = first &* 1_000_000
    values[0] = Double(bitPattern: bits)
    guard count > 1 else {
      columns.count += 1
      return
    }
    guard let second = cursor.uvarint() else {
      throw chunk.fault(.length, at: cursor.offset * 8)
    }

    var time = first
    var step = Int64(bitPattern: second)
    var value = bits
    /// Whether a step was below zero, or so long that a sum of them might not fit.
    var steps = step
    /// The place of the next bit, and that after the last one.
    var place = cursor.offset * 8
    let end = chunk.data.count * 8
    var trailing: UInt64 = 0
    var width: UInt64 = 64
    /// Below zero, as a number with a sign, when a width did not fit.
    var misfits: UInt64 = 0

    /// At least 57 bits from the next one on, the first of them highest.
    @inline(__always) func word() -> UInt64 {
      UInt64(bigEndian: base.loadUnaligned(fromByteOffset: place >> 3, as: UInt64.self))
        &<< UInt64(truncatingIfNeeded: place & 7)
    }
    @inline(__always) func take(_ count: UInt64) -> UInt64 {
      guard count > 56 else {
        let bits = word() &>> (64 &- count)
        place &+= Int(count)
        return bits
      }
      let high = word() >> 32
      place &+= 32
      let low = word() &>> (96 &- count)
      place &+= Int(count) &- 32
      return high &<< (count &- 32) | low
    }
    /// The value whose control bits are highest in `word`, `used` bits into it.
    @inline(__always) func readValue(_ word: UInt64, _ used: Int) {
      let control = word &<< UInt64(truncatingIfNeeded: used)
      if control >> 63 == 0 {
        place &+= used &+ 1
      } else if control >> 62 == 2 {
        if width <= 54 {
          place &+= used &+ 2 &+ Int(width)
          value ^= ((control << 2) &>> (64 &- width)) &<< trailing
        } else {
          place &+= used &+ 2
          value ^= take(width) &<< trailing
        }
      } else {
        let leading = control >> 57 & 31
        width = control >> 51 & 63
        if width == 0 { width = 64 }
        trailing = 64 &- leading &- width
        misfits |= trailing
        if width <= 43 {
          place &+= used &+ 13 &+ Int(width)
          value ^= ((control << 13) &>> (64 &- width)) &<< trailing
        } else {
          place &+= used &+ 13
          value ^= take(width) &<< trailing
        }
      }
    }

    readValue(word(), 0)
    time &+= step
    times[1] = time &* 1_000_000
    values[1] = Double(bitPattern: value)
    var index = 2
    while index < count, place <= end {
      var bits = word()
      if bits >> 63 == 0 {
        readValue(bits, 1)
      } else {
        let size: UInt64 =
          bits >> 62 == 2 ? 14 : bits >> 61 == 6 ? 17 : bits >> 60 == 14 ? 20 : 64
        place &+= size == 14 ? 2 : size == 17 ? 3 : 4
        bits = take(size)
        // Of the two halves of the numbers the upper one but its lowest is below zero.
        let half: UInt64 = 1 &<< (size &- 1)
        let isNegative = size < 64 && bits > half
        step &+= Int64(bitPattern: isNegative ? bits &- half &- half : bits)
        steps |= step
        readValue(word(), 0)
      }
      time &+= step
      times[index] = time &* 1_000_000
      values[index] = Double(bitPattern: value)
      index &+= 1
    }
    guard place <= end, misfits >> 63 == 0 else { throw chunk.fault(.length, at: place) }
    guard steps >= 0, steps < 1 << 46, time <= latest else { throw chunk.fault(.order, at: place) }
    columns.count += count
  }
}
