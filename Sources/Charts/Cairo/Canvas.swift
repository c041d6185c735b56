import CCairo

/// One Cairo drawing in memory; the only owner of its handle.
struct Canvas: ~Copyable {
  enum Format {
    case png, svg
  }

  private let handle: OpaquePointer

  /// Opens the libraries on first use and checks that there is a font.
  ///
  /// Without any font Cairo reports no error and draws boxes for letters.
  init(_ format: Format, width: Int32, height: Int32) throws(ChartError) {
    _ = try Canvas.family()
    let made =
      switch format {
      case .png: slr_canvas_png(width, height, 2)
      case .svg: slr_canvas_svg(width, height)
      }
    guard let made else { throw .cairo(code: 1, message: "out of memory") }
    handle = made
  }

  deinit { slr_canvas_free(handle) }

  static let wantedFamily = "DejaVu Sans"

  /// The family that the system gives for ``wantedFamily``.
  static func family() throws(ChartError) -> String {
    if let missing = slr_cairo_open() { throw .library(String(cString: missing)) }
    var name = [CChar](repeating: 0, count: 256)
    guard slr_cairo_family(wantedFamily, &name, name.count) else { throw .noFont }
    let letters = name.prefix { $0 != 0 }
    return String(decoding: letters.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func move(right x: Double, down y: Double) { slr_canvas_translate(handle, x, y) }

  func draw(_ mark: Mark) {
    switch mark {
    case .rectangle(let box, let paint):
      slr_canvas_rectangle(handle, box.left, box.top, box.width, box.height)
      fill(paint)
    case .circle(let centre, let radius, let paint, let edge):
      slr_canvas_circle(handle, centre.x, centre.y, radius)
      fill(paint)
      if let edge {
        slr_canvas_circle(handle, centre.x, centre.y, radius)
        stroke(edge)
      }
    case .polygon(let points, let paint):
      close(points)
      fill(paint)
    case .lines(let lines, let line):
      for points in lines { trace(points) }
      stroke(line)
    case .text(let label):
      let anchor =
        switch label.anchor {
        case .start: SLR_ANCHOR_START
        case .middle: SLR_ANCHOR_MIDDLE
        case .end: SLR_ANCHOR_END
        }
      colour(label.paint)
      slr_canvas_text(
        handle, Canvas.wantedFamily, label.size, label.bold, anchor, label.at.x, label.at.y,
        label.text)
    case .boxes(let boxes, let paint, let edge, let radius):
      let outlines = boxes.map { $0.outline(rounded: radius) }
      for points in outlines { close(points) }
      fill(paint)
      if let edge {
        for points in outlines { close(points) }
        stroke(edge)
      }
    case .texts(let labels):
      for label in labels { draw(.text(label)) }
    }
  }

  /// Ends the drawing and hands out its file.
  func finish() throws(ChartError) -> [UInt8] {
    var bytes: UnsafePointer<UInt8>?
    var length = 0
    let code = slr_canvas_finish(handle, &bytes, &length)
    guard code == 0 else {
      throw .cairo(code: code, message: String(cString: slr_cairo_status_text(code)))
    }
    return Array(UnsafeBufferPointer(start: bytes, count: length))
  }

  private func trace(_ points: [Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 {
        slr_canvas_move_to(handle, point.x, point.y)
      } else {
        slr_canvas_line_to(handle, point.x, point.y)
      }
    }
  }

  private func close(_ points: [Point]) {
    trace(points)
    slr_canvas_close(handle)
  }

  private func colour(_ paint: Paint) {
    let digits = Array(paint.light.utf8.dropFirst())
    func channel(_ index: Int) -> Double {
      let byte = Canvas.digit(digits[2 * index]) * 16 + Canvas.digit(digits[2 * index + 1])
      return Double(byte) / 255
    }
    slr_canvas_colour(handle, channel(0), channel(1), channel(2))
  }

  /// The value of one hexadecimal digit, its letters large.
  private static func digit(_ character: UInt8) -> Int {
    let code = Int(character)
    return code > 0x40 ? code - 0x37 : code - 0x30
  }

  private func fill(_ paint: Paint) {
    colour(paint)
    slr_canvas_fill(handle)
  }

  private func stroke(_ line: Stroke) {
    colour(line.paint)
    slr_canvas_stroke(
      handle, line.width, line.dashes, Int32(line.dashes.count), line.dash != .dashed)
  }
}
