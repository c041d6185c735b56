/// Different texts, each with a number in the order in which they came.
///
/// The bytes lie in pieces that never move, so that a million texts cost little more than their length.
struct TextTable {
  private static let piece = 1 << 18

  private struct Place {
    let piece: UInt32
    let start: UInt32
    let count: UInt32
  }

  private var pieces: [[UInt8]] = []
  private var places: [Place] = []
  /// Open addressing: numbers plus one, 0 where free.
  private var slots = [UInt32](repeating: 0, count: 64)
  private(set) var bytes = 0

  var count: Int { places.count }

  /// The number of a text, and whether it is new.
  mutating func number(of text: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool) {
    var slot = home(of: text)
    while slots[slot] > 0 {
      let number = Int(slots[slot]) - 1
      if holds(number, text) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(places.count + 1)
    append(text)
    if places.count * 3 > slots.count * 2 { grow() }
    return (places.count - 1, true)
  }

  /// Lends the text with a number.
  func withText<Result>(_ number: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let place = places[number]
    return pieces[Int(place.piece)].withUnsafeBytes { piece in
      body(
        UnsafeRawBufferPointer(
          rebasing: piece[Int(place.start)..<Int(place.start) + Int(place.count)]))
    }
  }

  mutating func removeAll() { self = TextTable() }

  private func holds(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    guard Int(places[number].count) == text.count else { return false }
    return withText(number) { $0.elementsEqual(text) }
  }

  private func home(of text: UnsafeRawBufferPointer) -> Int {
    // Its seed is another one in each process: no file can be made to collide.
    var hasher = Hasher()
    hasher.combine(bytes: text)
    return hasher.finalize() & (slots.count - 1)
  }

  private mutating func append(_ text: UnsafeRawBufferPointer) {
    if pieces.isEmpty || pieces[pieces.count - 1].count + text.count > TextTable.piece {
      var fresh: [UInt8] = []
      fresh.reserveCapacity(max(TextTable.piece, text.count))
      pieces.append(fresh)
    }
    let last = pieces.count - 1
    places.append(
      Place(piece: UInt32(last), start: UInt32(pieces[last].count), count: UInt32(text.count)))
    pieces[last].append(contentsOf: text)
    bytes += text.count
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for number in places.indices {
      var slot = withText(number) { home(of: $0) }
      while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }
}
