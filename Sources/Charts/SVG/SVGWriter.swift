/// Writes a scene as SVG, its text as text.
public enum SVGWriter {
  /// The scene as one `<svg>` element for a page.
  ///
  /// Every shape carries its light colours as attributes; the classes of ``Palette`` override them. The same
  /// scene and id give the same bytes.
  ///
  /// `id` starts the ids inside, so it must occur once in a page; only ASCII letters, digits and "-" of it
  /// are kept.
  public static func inline(_ scene: Scene, id: String) -> String {
    let id = String(
      String.UnicodeScalarView(
        id.unicodeScalars.filter { scalar in
          switch scalar {
          case "a"..."z", "A"..."Z", "0"..."9", "-": true
          default: false
          }
        }))
    var canvas = SVGCanvas(colours: .light)
    canvas.write("<svg")
    write(scene, id: id, on: &canvas)
    return String(decoding: canvas.bytes, as: UTF8.self)
  }

  /// The scene as a file of its own on a light page, with a heading and a line below it.
  ///
  /// It needs no library, and its reader's fonts: ``Raster/svgFile(_:heading:subheading:)`` has outlines instead.
  public static func file(
    _ scene: Scene, heading: String, subheading: String, colours: Colours = .light
  ) -> [UInt8] {
    var canvas = SVGCanvas(colours: colours)
    canvas.write("<svg xmlns=\"http://www.w3.org/2000/svg\"")
    write(scene.framed(heading: heading, subheading: subheading), id: "chart", on: &canvas)
    canvas.write("\n")
    return canvas.bytes
  }

  private static func write(_ scene: Scene, id: String, on canvas: inout SVGCanvas) {
    canvas.write(" viewBox=\"0 0 ", scene.width, " ", scene.height, "\"")
    canvas.write(" width=\"", scene.width, "\" height=\"", scene.height, "\"")
    // All of it is in the title: a PDF's printer takes no other text for the drawing.
    if scene.isDecoration {
      canvas.write(" aria-hidden=\"true\" font-family=\"\(fonts)\"><title>")
    } else {
      canvas.write(" role=\"img\" aria-labelledby=\"\(id)-t\"")
      canvas.write(" font-family=\"\(fonts)\"><title id=\"\(id)-t\">")
    }
    canvas.escaped(scene.alternative)
    canvas.write("</title>")
    scene.draw(on: &canvas)
    canvas.write("</svg>")
  }

  private static let fonts = "Noto Sans, DejaVu Sans, system-ui, sans-serif"
}
