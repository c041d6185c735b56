import Glibc

extension Span<UInt8> {
  /// Whether the bytes at `range` are `text`; in any case, a `text` of small letters.
  func holds(_ text: StaticString, _ range: Range<Int>, anyCase: Bool = false) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    let fold: UInt8 = anyCase ? 32 : 0
    return text.withUTF8Buffer { bytes in
      for place in 0..<bytes.count where self[range.lowerBound + place] | fold != bytes[place] {
        return false
      }
      return true
    }
  }

  /// Whether the bytes from `offset` on begin with `text`.
  func begins(with text: StaticString, at offset: Int = 0) -> Bool {
    let end = offset + text.utf8CodeUnitCount
    return end <= count && holds(text, offset..<end)
  }

  func bytes(_ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    for index in range { result.append(self[index]) }
    return result
  }

  /// Whether the bytes at `range` are `other`.
  @inline(__always)
  func equals(_ other: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count == other.count else { return false }
    return begins(withBytes: other, at: range.lowerBound)
  }

  /// Whether the bytes from `offset` on begin with `other`.
  @inline(__always)
  func begins(withBytes other: [UInt8], at offset: Int = 0) -> Bool {
    guard offset + other.count <= count else { return false }
    return withUnsafeBytes { mine in
      other.withUnsafeBytes { theirs in
        guard let one = mine.baseAddress, let two = theirs.baseAddress else { return true }
        return memcmp(one + offset, two, theirs.count) == 0
      }
    }
  }
}

/// Moves `index` over spaces and tabs.
@inline(__always)
func skipBlanks(_ line: borrowing Span<UInt8>, _ index: inout Int) {
  while index < line.count, line[index].isBlank { index += 1 }
}

/// The bytes from `index` to the next blank or the end; moves `index` after them.
@inline(__always)
func word(_ line: borrowing Span<UInt8>, _ index: inout Int) -> Range<Int> {
  let start = index
  while index < line.count, !line[index].isBlank { index += 1 }
  return start..<index
}
