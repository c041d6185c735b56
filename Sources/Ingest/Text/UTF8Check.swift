/// Text must be UTF-8 without NUL.
enum UTF8Check {
  /// The place of the first byte that is NUL or not part of well-formed UTF-8 (Unicode 15, table
  /// 3-7).
  static func firstBadByte(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      let length: Int
      var range: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 1...0x7F:
        index += 1
        continue
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, range) = (3, 0xA0...0xBF)
      case 0xED: (length, range) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, range) = (4, 0x90...0xBF)
      case 0xF1...0xF3: length = 4
      case 0xF4: (length, range) = (4, 0x80...0x8F)
      default: return index
      }
      guard index + length <= bytes.count, range.contains(bytes[index + 1]) else { return index }
      for place in index + 2..<max(index + length, index + 2) where bytes[place] & 0xC0 != 0x80 {
        return index
      }
      index += length
    }
    return nil
  }
}
