/// At most 256 colours in place of all of a picture.
///
/// A picture of more keeps its exact paints; the blends at the edges of shapes are put together with those next to
/// them, by steps as small as will do.
struct PixelPalette {
  static let limit = 256

  private(set) var colours: [UInt32] = []
  private var slots: ColourSlots

  /// The colours of `exact` stay as they are.
  init(of grid: PixelGrid, keeping exact: Set<UInt32>) {
    slots = ColourSlots()
    for index in 0..<grid.height {
      let row = grid.row(index)
      grid.forEachChange(inRow: index) { part in
        for x in part { _ = slots.place(of: row[x] & 0xFF_FFFF) }
      }
    }
    colours = slots.colours
    if colours.count > Self.limit { reduce(keeping: exact) }
  }

  /// The palette's index of a colour of the picture.
  @inline(__always)
  mutating func index(of colour: UInt32) -> UInt8 { slots.value(of: colour) }

  private mutating func reduce(keeping exact: Set<UInt32>) {
    for size in stride(from: UInt32(2), through: 255, by: 2) {
      var cells = ColourSlots()
      var sums: [(red: Int, green: Int, blue: Int, count: Int)] = []
      var places: [Int] = []
      for colour in slots.colours {
        let cell = exact.contains(colour) ? colour | 1 << 31 : Self.cell(of: colour, size)
        let place = cells.place(of: cell)
        if place == sums.count { sums.append((0, 0, 0, 0)) }
        places.append(place)
        sums[place].red += Int(colour >> 16)
        sums[place].green += Int(colour >> 8 & 255)
        sums[place].blue += Int(colour & 255)
        sums[place].count += 1
      }
      guard sums.count <= Self.limit else { continue }
      colours = sums.map { sum in
        let parts = [sum.red, sum.green, sum.blue].map { ($0 + sum.count / 2) / sum.count }
        return parts.reduce(0) { $0 << 8 | UInt32($1) }
      }
      slots.values = places.map { UInt8($0) }
      return
    }
  }

  /// The cube of `size` steps a side that a colour lies in, counted from white.
  private static func cell(of colour: UInt32, _ size: UInt32) -> UInt32 {
    let parts = [colour >> 16, colour >> 8 & 255, colour & 255].map { (255 - $0) / size }
    return parts[0] << 16 | parts[1] << 8 | parts[2]
  }
}

/// The colours met so far, in the order of meeting, found by a hash.
private struct ColourSlots {
  private(set) var colours: [UInt32] = []
  /// What the palette has for each.
  var values: [UInt8] = []
  /// One more than the place of a colour, or 0; at most half of them are taken.
  private var table = [UInt32](repeating: 0, count: 1 << 12)
  private var shift: UInt32 = 32 - 12

  /// Neighbours are often the same.
  private var last: (colour: UInt32, place: Int) = (.max, 0)

  @inline(__always)
  mutating func place(of colour: UInt32) -> Int {
    if colour != last.colour { last = (colour, found(colour)) }
    return last.place
  }

  private mutating func found(_ colour: UInt32) -> Int {
    var slot = Int((colour &* 0x9E37_79B1) >> shift)
    while table[slot] != 0 {
      let place = Int(table[slot]) - 1
      if colours[place] == colour { return place }
      slot = (slot + 1) & (table.count - 1)
    }
    colours.append(colour)
    values.append(UInt8(truncatingIfNeeded: colours.count - 1))
    table[slot] = UInt32(colours.count)
    if colours.count > table.count / 2 { grow() }
    return colours.count - 1
  }

  @inline(__always)
  mutating func value(of colour: UInt32) -> UInt8 { values[place(of: colour)] }

  private mutating func grow() {
    shift -= 1
    table = [UInt32](repeating: 0, count: table.count * 2)
    for (place, colour) in colours.enumerated() {
      var slot = Int((colour &* 0x9E37_79B1) >> shift)
      while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = UInt32(place + 1)
    }
  }
}
