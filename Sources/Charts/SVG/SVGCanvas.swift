/// Writes marks as SVG elements.
///
/// Every shape carries its colours as attributes, and a class for the style sheet of ``Palette``.
struct SVGCanvas: Canvas {
  private(set) var bytes: [UInt8] = []
  private let colours: Colours

  init(colours: Colours) {
    self.colours = colours
    bytes.reserveCapacity(1 << 14)
  }

  mutating func rectangle(_ box: Box, _ paint: Paint) {
    write("<rect")
    sides(box)
    look(fill: paint)
    write("/>")
  }

  mutating func circle(_ centre: Point, radius: Double, _ paint: Paint, edge: Stroke?) {
    write("<circle")
    write(" cx=\"", centre.x, "\" cy=\"", centre.y, "\" r=\"", radius, "\"")
    look(fill: paint, stroke: edge)
    write("/>")
  }

  mutating func polygon(_ points: [Point], _ paint: Paint) {
    write("<path d=\"")
    path(points)
    write("z\"")
    look(fill: paint)
    write("/>")
  }

  mutating func lines(_ lines: [[Point]], _ stroke: Stroke) {
    write("<path d=\"")
    for points in lines { path(points) }
    line(stroke)
  }

  mutating func columns(_ runs: [Columns], _ stroke: Stroke) {
    write("<path d=\"")
    for run in runs { path(run) }
    line(stroke)
  }

  mutating func text(_ label: Label) {
    write("<text")
    place(label)
    look(label)
    write(">")
    escaped(label.text)
    write("</text>")
  }

  mutating func boxes(_ boxes: [Box], _ paint: Paint, edge: Stroke?, radius: Double) {
    write("<g")
    look(fill: paint, stroke: edge)
    write(">")
    for box in boxes {
      write("<rect")
      sides(box)
      if radius > 0 { write(" rx=\"", radius, "\"") }
      write("/>")
    }
    write("</g>")
  }

  mutating func texts(_ labels: [Label]) {
    write("<g")
    if let first = labels.first { look(first) }
    write(">")
    for label in labels {
      write("<text")
      place(label)
      write(">")
      escaped(label.text)
      write("</text>")
    }
    write("</g>")
  }

  // MARK: - Attributes

  private mutating func sides(_ box: Box) {
    write(" x=\"", box.left, "\" y=\"", box.top, "\"")
    write(" width=\"", box.width, "\" height=\"", box.height, "\"")
  }

  private mutating func place(_ label: Label) {
    write(" x=\"", label.at.x, "\" y=\"", label.at.y, "\"")
  }

  private mutating func look(_ label: Label) {
    write(" font-size=\"", label.size, "\"")
    if label.bold { write(" font-weight=\"700\"") }
    switch label.anchor {
    case .start: break
    case .middle: write(" text-anchor=\"middle\"")
    case .end: write(" text-anchor=\"end\"")
    }
    look(fill: label.paint)
  }

  private mutating func look(fill: Paint? = nil, stroke: Stroke? = nil) {
    write(" class=\"")
    if let fill { write("f-\(fill.rawValue)") }
    if fill != nil, stroke != nil { write(" ") }
    if let stroke { write("k-\(stroke.paint.rawValue)") }
    write("\"")
    if let fill { write(" fill=\"\(colours.hex(fill))\"") }
    if let stroke {
      write(" stroke=\"\(colours.hex(stroke.paint))\"")
      write(" stroke-width=\"", stroke.width, "\"")
      for (index, length) in stroke.dashes.enumerated() {
        write(index == 0 ? " stroke-dasharray=\"" : " ", length)
      }
      if !stroke.dashes.isEmpty { write("\"") }
    }
  }

  /// The end of an open path's element, its data being written.
  private mutating func line(_ stroke: Stroke) {
    write("\" fill=\"none\"")
    look(stroke: stroke)
    write(stroke.dash == .dashed ? " stroke-linecap=\"butt\"" : " stroke-linecap=\"round\"")
    write(" stroke-linejoin=\"round\"/>")
  }

  // MARK: - Paths

  /// A path through `points`, with the short commands for level and upright pieces.
  private mutating func path(_ points: [Point]) {
    var last: (x: Int, y: Int)?
    for point in points {
      let next = (x: Self.tenths(point.x), y: Self.tenths(point.y))
      if let last {
        if next.x != last.x, next.y != last.y {
          write("L", next.x, " ", next.y)
        } else if next.x != last.x {
          write("H", next.x)
        } else if next.y != last.y {
          write("V", next.y)
        }
      } else {
        write("M", next.x, " ", next.y)
      }
      last = next
    }
  }

  /// A path through the middles of the columns, by steps from the point before, which are short.
  private mutating func path(_ run: Columns) {
    guard let first = run.spans.first else { return }
    var here = Self.tenths(first.from)
    write("M", Self.tenths(run.left + run.step / 2), " ", here)
    let step = Self.tenths(run.step)
    for (index, span) in run.spans.enumerated() {
      let (from, to) = (Self.tenths(span.from), Self.tenths(span.to))
      if index > 0, from == here { write("h", step) }
      if index > 0, from != here {
        // A minus sign parts two numbers, too.
        write("l", step, from < here ? "" : " ", from - here)
      }
      if from != to { write("v", to - from) }
      here = to
    }
    // A single point shows as a dot, by its round ends.
    if run.spans.count == 1, first.from == first.to { write("h0") }
  }

  // MARK: - Text

  static func tenths(_ value: Double) -> Int { Int((value * 10).rounded()) }

  mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Texts and lengths in turn.
  mutating func write(
    _ one: String, _ x: Double, _ two: String = "", _ y: Double? = nil, _ three: String = "",
    _ z: Double? = nil, _ end: String = ""
  ) {
    write(one, Self.tenths(x))
    write(two)
    if let y { write("", Self.tenths(y)) }
    write(three)
    if let z { write("", Self.tenths(z)) }
    write(end)
  }

  private mutating func write(_ one: String, _ x: Int, _ two: String, _ y: Int) {
    write(one, x)
    write(two, y)
  }

  /// A text and a number with at most one decimal: "12", "12.3", "-0.5".
  private mutating func write(_ text: String, _ tenths: Int) {
    write(text)
    let zero = UInt8(ascii: "0")
    if tenths < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, part) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    var divisor: UInt = 1
    while whole / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(zero + UInt8(whole / divisor % 10))
      divisor /= 10
    }
    if part > 0 { bytes += [UInt8(ascii: "."), zero + UInt8(part)] }
  }

  mutating func escaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): write("&amp;")
      case UInt8(ascii: "<"): write("&lt;")
      case UInt8(ascii: ">"): write("&gt;")
      case UInt8(ascii: "\""): write("&quot;")
      case UInt8(ascii: "'"): write("&#39;")
      default: bytes.append(byte)
      }
    }
  }
}
