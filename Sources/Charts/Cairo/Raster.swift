/// Draws scenes with Cairo and Pango, which are opened on first use.
///
/// All files are in light colours on opaque white, with a heading and a line below it. Both are wrapped to the
/// drawing's width and cut with "…"; empty ones take no room.
public enum Raster {
  /// A PNG with a palette, at double scale unless asked otherwise.
  ///
  /// The same input and fonts give the same bytes.
  ///
  /// - Throws: ``ChartError`` when a library or every font is missing, or Cairo gives up.
  public static func png(
    _ scene: Scene, heading: String, subheading: String, scale: Int = 2, colours: Colours = .light
  ) throws(ChartError) -> [UInt8] {
    let page = scene.framed(heading: heading, subheading: subheading)
    let exact = Set(Paint.allCases.map { colours.colour($0).bits })
    let file = try pixels(page, scale: scale, colours) { PNGWriter.file($0, keeping: exact) }
    guard let file else { throw .cairo(code: 1, message: "out of memory") }
    return file
  }

  /// A PDF of one page, its text as text.
  ///
  /// It carries no date, so the same input and fonts give the same bytes.
  ///
  /// - Throws: ``ChartError`` as ``png(_:heading:subheading:scale:colours:)``.
  public static func pdf(_ scene: Scene, heading: String, subheading: String) throws(ChartError)
    -> [UInt8]
  {
    try draw(scene.framed(heading: heading, subheading: subheading), as: .pdf, .light).finish()
  }

  /// A stand-alone SVG file of the same picture, its text as outlines.
  ///
  /// Not for a page: Cairo gives the same ids to every file, so that a second one shows wrong letters.
  ///
  /// - Throws: ``ChartError`` as ``png(_:heading:subheading:scale:colours:)``.
  public static func svgFile(_ scene: Scene, heading: String, subheading: String)
    throws(ChartError) -> [UInt8]
  {
    try draw(scene.framed(heading: heading, subheading: subheading), as: .svg, .light).finish()
  }

  /// The font family that the system gives for the one asked for, "DejaVu Sans".
  ///
  /// Another name than that means that labels are drawn in another font than they were laid out for.
  ///
  /// - Throws: ``ChartError`` when a library or every font is missing.
  public static func fontFamily() throws(ChartError) -> String { try CairoCanvas.family() }

  /// What Cairo draws, before any colour is changed.
  static func pixels<Result>(
    _ scene: Scene, scale: Int, _ colours: Colours, _ body: (PixelGrid) -> Result
  ) throws(ChartError) -> Result {
    try draw(scene, as: .pixels(perUnit: scale), colours).pixels(body)
  }

  private static func draw(_ scene: Scene, as format: CairoCanvas.Format, _ colours: Colours)
    throws(ChartError) -> CairoCanvas
  {
    var canvas = try CairoCanvas(
      format, width: scene.width, height: scene.height, colours: colours)
    scene.draw(on: &canvas)
    return canvas
  }
}
