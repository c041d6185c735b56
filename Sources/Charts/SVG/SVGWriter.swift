/// Writes a scene as SVG text for a page.
public enum SVGWriter {
  /// The scene as one `<svg>` element, its text as text.
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
    let (width, height) = (tenths(scene.width), tenths(scene.height))
    var out = "<svg viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\""
    if scene.title.isEmpty {
      out += " aria-hidden=\"true\" font-family=\"\(fonts)\">"
    } else {
      let described = scene.description.isEmpty ? "" : " \(id)-d"
      out += " role=\"img\" aria-labelledby=\"\(id)-t\(described)\" font-family=\"\(fonts)\">"
      out += "<title id=\"\(id)-t\">\(escaped(scene.title))</title>"
      if !scene.description.isEmpty {
        out += "<desc id=\"\(id)-d\">\(escaped(scene.description))</desc>"
      }
    }
    for mark in scene.marks { out += element(mark) }
    return out + "</svg>"
  }

  static let fonts = "Noto Sans, DejaVu Sans, system-ui, sans-serif"

  private static func element(_ mark: Mark) -> String {
    switch mark {
    case .rectangle(let box, let paint):
      return "<rect" + sides(box) + colours(fill: paint, stroke: nil) + "/>"
    case .circle(let centre, let radius, let paint, let edge):
      return "<circle cx=\"\(tenths(centre.x))\" cy=\"\(tenths(centre.y))\" r=\"\(tenths(radius))\""
        + colours(fill: paint, stroke: edge) + "/>"
    case .polygon(let points, let paint):
      return "<path d=\"\(path(points))z\"" + colours(fill: paint, stroke: nil) + "/>"
    case .lines(let lines, let stroke):
      return "<path d=\"" + lines.map(path).joined() + "\" fill=\"none\""
        + colours(fill: nil, stroke: stroke)
        + " stroke-linecap=\"\(stroke.dash == .dashed ? "butt" : "round")\""
        + " stroke-linejoin=\"round\"/>"
    case .text(let label):
      return "<text" + place(label) + look(label) + ">" + escaped(label.text) + "</text>"
    case .boxes(let boxes, let paint, let edge, let radius):
      let rounding = radius > 0 ? " rx=\"\(tenths(radius))\"" : ""
      let rectangles = boxes.map { "<rect" + sides($0) + rounding + "/>" }
      return "<g" + colours(fill: paint, stroke: edge) + ">" + rectangles.joined() + "</g>"
    case .texts(let labels):
      let words = labels.map { "<text" + place($0) + ">" + escaped($0.text) + "</text>" }
      return "<g" + (labels.first.map(look) ?? "") + ">" + words.joined() + "</g>"
    }
  }

  private static func sides(_ box: Box) -> String {
    " x=\"\(tenths(box.left))\" y=\"\(tenths(box.top))\""
      + " width=\"\(tenths(box.width))\" height=\"\(tenths(box.height))\""
  }

  private static func place(_ label: Label) -> String {
    " x=\"\(tenths(label.at.x))\" y=\"\(tenths(label.at.y))\""
  }

  private static func look(_ label: Label) -> String {
    let anchor =
      switch label.anchor {
      case .start: ""
      case .middle: " text-anchor=\"middle\""
      case .end: " text-anchor=\"end\""
      }
    return " font-size=\"\(tenths(label.size))\"" + (label.bold ? " font-weight=\"700\"" : "")
      + anchor + colours(fill: label.paint, stroke: nil)
  }

  private static func colours(fill: Paint?, stroke: Stroke?) -> String {
    var classes: [String] = []
    var attributes = ""
    if let fill {
      classes.append("f-\(fill.rawValue)")
      attributes += " fill=\"\(fill.light)\""
    }
    if let stroke {
      classes.append("k-\(stroke.paint.rawValue)")
      attributes += " stroke=\"\(stroke.paint.light)\" stroke-width=\"\(tenths(stroke.width))\""
      if !stroke.dashes.isEmpty {
        let dashes = stroke.dashes.map(tenths).joined(separator: " ")
        attributes += " stroke-dasharray=\"\(dashes)\""
      }
    }
    return " class=\"" + classes.joined(separator: " ") + "\"" + attributes
  }

  /// A path through `points`, with the short commands for level and upright pieces.
  private static func path(_ points: [Point]) -> String {
    var out = ""
    var last: (x: String, y: String)?
    for point in points {
      let next = (x: tenths(point.x), y: tenths(point.y))
      if let last {
        if next.x != last.x, next.y != last.y {
          out += "L\(next.x) \(next.y)"
        } else if next.x != last.x {
          out += "H\(next.x)"
        } else if next.y != last.y {
          out += "V\(next.y)"
        }
      } else {
        out += "M\(next.x) \(next.y)"
      }
      last = next
    }
    return out
  }

  /// A number with at most one decimal: "12", "12.3", "-0.5".
  ///
  /// Scenes hold finite values up to 10 000 only.
  static func tenths(_ value: Double) -> String {
    let scaled = Int((value * 10).rounded())
    let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: 10)
    return (scaled < 0 ? "-" : "") + "\(whole)" + (part == 0 ? "" : ".\(part)")
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }
}
