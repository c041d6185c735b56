/// Different texts, each with a number in the order in which they came.
///
/// The bytes lie in pieces that never move, so that a million texts cost little more than their length.
struct TextTable {
  /// Memory that texts stay in until the last table that knows it is gone.
  private final class Pieces {
    private static let size = 1 << 18

    private var pieces: [UnsafeMutableRawBufferPointer] = []
    private var used = 0

    func copy(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
      if pieces.isEmpty || used + text.count > pieces[pieces.count - 1].count {
        pieces.append(.allocate(byteCount: max(Pieces.size, text.count), alignment: 16))
        used = 0
      }
      let place = pieces[pieces.count - 1][used..<used + text.count]
      UnsafeMutableRawBufferPointer(rebasing: place).copyMemory(from: text)
      used += text.count
      return UnsafeRawBufferPointer(rebasing: place)
    }

    deinit { for piece in pieces { piece.deallocate() } }
  }

  private let pieces = Pieces()
  private var texts: [UnsafeRawBufferPointer] = []
  /// Open addressing: numbers plus one, 0 where free.
  private var slots = [UInt32](repeating: 0, count: 64)
  private(set) var bytes = 0

  var count: Int { texts.count }

  /// The text with a number, in memory that lives as long as the table.
  subscript(number: Int) -> UnsafeRawBufferPointer { texts[number] }

  /// The number of a text, and whether it is new.
  mutating func number(of text: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool) {
    var slot = home(of: text)
    while slots[slot] > 0 {
      let number = Int(slots[slot]) - 1
      if texts[number].elementsEqual(text) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(texts.count + 1)
    texts.append(pieces.copy(text))
    bytes += text.count
    if texts.count * 3 > slots.count * 2 { grow() }
    return (texts.count - 1, true)
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
      var slot = home(of: texts[number])
      while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }
}
