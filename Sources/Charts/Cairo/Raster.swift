/// Draws scenes with Cairo and Pango, which are opened on first use.
public enum Raster {
  /// A PNG in light colours on opaque white, at double scale, with a heading and a line below it.
  public static func png(_ scene: Scene, heading: String, subheading: String) throws(ChartError)
    -> [UInt8]
  {
    throw .noFont
  }

  /// A stand-alone SVG file of the same picture, its text as outlines.
  ///
  /// Not for a page: Cairo gives the same ids to every file.
  public static func svgFile(_ scene: Scene, heading: String, subheading: String)
    throws(ChartError) -> [UInt8]
  {
    throw .noFont
  }

  /// The font family that the system gives for the one asked for, "DejaVu Sans".
  public static func fontFamily() throws(ChartError) -> String {
    throw .noFont
  }
}
