import CCairo

/// One Cairo drawing in memory; the only owner of its handle.
struct CairoCanvas: Canvas, ~Copyable {
  enum Format {
    /// Pixels for each unit of the scene.
    case pixels(perUnit: Int)
    case svg, pdf
  }

  private let handle: OpaquePointer
  private let format: Format
  private let colours: Colours

  /// Opens the libraries on first use and checks that there is a font.
  ///
  /// Without any font Cairo reports no error and draws boxes for letters.
  init(_ format: Format, width: Double, height: Double, colours: Colours) throws(ChartError) {
    _ = try CairoCanvas.family()
    // A scene is at most 4096 wide and high, so both numbers are small.
    let (width, height) = (Int32(width.rounded(.up)), Int32(height.rounded(.up)))
    let made =
      switch format {
      case .pixels(let perUnit): slr_canvas_pixels(width, height, Double(perUnit))
      case .svg: slr_canvas_svg(width, height)
      case .pdf: slr_canvas_pdf(width, height)
      }
    guard let made else { throw .cairo(code: 1, message: "out of memory") }
    self.format = format
    self.colours = colours
    handle = made
  }

  deinit { slr_canvas_free(handle) }

  static let wantedFamily = "DejaVu Sans"

  /// The family that the system gives for ``wantedFamily``.
  static func family() throws(ChartError) -> String {
    if let missing = slr_cairo_open() { throw .library(String(cString: missing)) }
    guard slr_cairo_may_start_threads() else { throw .noThread }
    var name = [CChar](repeating: 0, count: 256)
    guard slr_cairo_family(wantedFamily, &name, name.count) else { throw .noFont }
    let letters = name.prefix { $0 != 0 }
    return String(decoding: letters.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func rectangle(_ box: Box, _ paint: Paint) {
    slr_canvas_rectangle(handle, box.left, box.top, box.width, box.height)
    fill(paint)
  }

  func circle(_ centre: Point, radius: Double, _ paint: Paint, edge: Stroke?) {
    slr_canvas_circle(handle, centre.x, centre.y, radius)
    fill(paint)
    guard let edge else { return }
    slr_canvas_circle(handle, centre.x, centre.y, radius)
    stroke(edge)
  }

  func polygon(_ points: [Point], _ paint: Paint) {
    close(points)
    fill(paint)
  }

  func lines(_ lines: [[Point]], _ stroke: Stroke) {
    for points in lines { trace(points) }
    self.stroke(stroke)
  }

  func columns(_ runs: [Columns], _ stroke: Stroke) {
    if case .pixels(let scale) = format {
      for run in runs { paint(run, scale, stroke) }
    } else {
      lines(runs.map(\.points), stroke)
    }
  }

  /// Fills boxes on whole pixels without Cairo, whose stroke takes a hundred times as long.
  private func paint(_ run: Columns, _ scale: Int, _ stroke: Stroke) {
    let colour = colours.colour(stroke.paint).bits
    let grid = PixelGrid(slr_canvas_begin_pixels(handle))
    let scale = Double(scale)
    // What a column lacks of the line's width goes to its neighbours.
    let beside = max(0, ((stroke.width - run.step) / 2 * scale).rounded())
    for box in run.boxes(width: stroke.width) {
      let (left, right) = (box.left * scale - beside, box.right * scale + beside)
      grid.fill(
        columns: Int(left.rounded())..<Int(right.rounded()), from: box.top * scale,
        to: box.bottom * scale, colour)
    }
    slr_canvas_end_pixels(handle)
  }

  func text(_ label: Label) {
    let anchor =
      switch label.anchor {
      case .start: SLR_ANCHOR_START
      case .middle: SLR_ANCHOR_MIDDLE
      case .end: SLR_ANCHOR_END
      }
    colour(label.paint)
    slr_canvas_text(
      handle, CairoCanvas.wantedFamily, label.size, label.bold, anchor, label.at.x, label.at.y,
      label.text)
  }

  func boxes(_ boxes: [Box], _ paint: Paint, edge: Stroke?, radius: Double) {
    let outlines = boxes.map { $0.outline(rounded: radius) }
    for points in outlines { close(points) }
    fill(paint)
    guard let edge else { return }
    for points in outlines { close(points) }
    stroke(edge)
  }

  func texts(_ labels: [Label]) {
    for label in labels { text(label) }
  }

  /// Ends a document and hands out its file.
  func finish() throws(ChartError) -> [UInt8] {
    var bytes: UnsafePointer<UInt8>?
    var length = 0
    try check(slr_canvas_finish(handle, &bytes, &length))
    return Array(UnsafeBufferPointer(start: bytes, count: length))
  }

  /// Ends a drawing of pixels and hands them out.
  func pixels<Result>(_ body: (PixelGrid) -> Result) throws(ChartError) -> Result {
    try check(slr_canvas_status(handle))
    return body(PixelGrid(slr_canvas_begin_pixels(handle)))
  }

  private func check(_ code: Int32) throws(ChartError) {
    guard code == 0 else {
      throw .cairo(code: code, message: String(cString: slr_cairo_status_text(code)))
    }
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
    let colour = colours.colour(paint)
    slr_canvas_colour(handle, colour.red, colour.green, colour.blue)
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

extension PixelGrid {
  fileprivate init(_ pixels: slr_pixels) {
    let count = Int(pixels.stride) * Int(pixels.height)
    self.init(
      pixels: UnsafeMutableBufferPointer(start: pixels.data, count: count),
      width: Int(pixels.width), height: Int(pixels.height), stride: Int(pixels.stride))
  }
}
