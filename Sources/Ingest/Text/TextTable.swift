import Glibc

/// Different texts, each with a number in the order in which they came.
///
/// The bytes are in pieces that never move, so that a million texts cost little more than their length.
struct TextTable {
  /// Memory that texts stay in until the last table that knows it is gone.
  private final class Pieces {
    private static let size = 1 << 18

    private var pieces: [UnsafeMutableRawBufferPointer] = []
    private var used = 0

    /// Where the text now is, after its length in eight bytes.
    func copy(_ text: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
      let length = 8 + text.count
      if pieces.isEmpty || used + length + 8 > pieces[pieces.count - 1].count {
        pieces.append(.allocate(byteCount: max(Pieces.size, length + 8), alignment: 16))
        used = 0
      }
      let place = UnsafeMutableRawBufferPointer(
        rebasing: pieces[pieces.count - 1][used..<used + length])
      place.storeBytes(of: text.count, as: Int.self)
      UnsafeMutableRawBufferPointer(rebasing: place[8...]).copyMemory(from: text)
      used += length
      return place.baseAddress.map(UnsafeRawPointer.init)
    }

    deinit { for piece in pieces { piece.deallocate() } }
  }

  private let pieces = Pieces()
  private var texts: [UnsafeRawPointer?] = []
  /// Open addressing: numbers plus one, 0 where free.
  private var slots = [UInt32](repeating: 0, count: 64)
  private(set) var bytes = 0

  var count: Int { texts.count }

  /// The text with a number, in memory that lives as long as the table; eight more bytes can be read after it.
  subscript(number: Int) -> UnsafeRawBufferPointer {
    guard let text = texts[number] else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: text + 8, count: text.loadUnaligned(as: Int.self))
  }

  /// The number of a text, and whether it is new.
  mutating func number(of text: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool) {
    var slot = home(of: text)
    while slots[slot] > 0 {
      let number = Int(slots[slot]) - 1
      if TextTable.areEqual(self[number], text) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(texts.count + 1)
    texts.append(pieces.copy(text))
    bytes += text.count
    if texts.count * 3 > slots.count * 2 { grow() }
    return (texts.count - 1, true)
  }

  @inline(__always)
  private static func areEqual(
    _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer
  ) -> Bool {
    guard one.count == other.count, let start = one.baseAddress, let second = other.baseAddress
    else { return one.count == other.count }
    return memcmp(start, second, one.count) == 0
  }

  private func home(of text: UnsafeRawBufferPointer) -> Int {
    // Its seed is another one in each process: no file can be made to collide.
    var hasher = Hasher()
    hasher.combine(bytes: text)
    return hasher.finalize() & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for number in texts.indices {
      var slot = home(of: self[number])
      while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }
}
