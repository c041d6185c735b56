/// Draws scenes with Cairo and Pango, which are opened on first use.
public enum Raster {
  /// A PNG in light colours on opaque white, at double scale, with a heading and a line below it.
  ///
  /// Both are wrapped to the drawing's width and cut with "…"; empty ones take no room. The same input and
  /// fonts give the same bytes.
  ///
  /// - Throws: ``ChartError`` when a library or every font is missing, or Cairo gives up.
  public static func png(_ scene: Scene, heading: String, subheading: String) throws(ChartError)
    -> [UInt8]
  {
    try draw(scene, heading, subheading, as: .png)
  }

  /// A stand-alone SVG file of the same picture, its text as outlines.
  ///
  /// Not for a page: Cairo gives the same ids to every file, so that a second one shows wrong letters.
  ///
  /// - Throws: ``ChartError`` as ``png(_:heading:subheading:)``.
  public static func svgFile(_ scene: Scene, heading: String, subheading: String)
    throws(ChartError) -> [UInt8]
  {
    try draw(scene, heading, subheading, as: .svg)
  }

  /// The font family that the system gives for the one asked for, "DejaVu Sans".
  ///
  /// Another name than that means that labels are drawn in another font than they were laid out for.
  ///
  /// - Throws: ``ChartError`` when a library or every font is missing.
  public static func fontFamily() throws(ChartError) -> String { try Canvas.family() }

  private static func draw(
    _ scene: Scene, _ heading: String, _ subheading: String, as format: Canvas.Format
  ) throws(ChartError) -> [UInt8] {
    let padding = 20.0
    let metrics = FixedTextMetrics()
    var labels: [Mark] = []
    var down = padding
    for line in metrics.wrapped(heading, to: scene.width, size: 15, bold: true, lines: 2) {
      let place = Point(padding, down + 14)
      labels.append(.text(Label(line, at: place, size: 15, bold: true, paint: .ink)))
      down += 20
    }
    for line in metrics.wrapped(subheading, to: scene.width, size: 12, bold: false, lines: 3) {
      labels.append(.text(Label(line, at: Point(padding, down + 12), size: 12, paint: .ink2)))
      down += 17
    }
    if !labels.isEmpty { down += 8 }
    let width = (scene.width + 2 * padding).rounded(.up)
    let height = (down + scene.height + padding).rounded(.up)
    // A scene is at most 4096 wide and high, so both numbers are small.
    let canvas = try Canvas(format, width: Int32(width), height: Int32(height))
    canvas.draw(.rectangle(Box(left: 0, top: 0, right: width, bottom: height), .page))
    for label in labels { canvas.draw(label) }
    canvas.move(right: padding, down: down)
    for mark in scene.marks { canvas.draw(mark) }
    return try canvas.finish()
  }
}
