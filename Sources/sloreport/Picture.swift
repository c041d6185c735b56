import Charts
import Reports

/// A format that a figure can be written in, by the ending of its file.
enum Picture: String {
  case svg, png, pdf

  /// By the ending of a path.
  init?(endingOf path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }

  /// By the ending of a path that an option gave.
  init(option: String, path: String) throws(Failure) {
    guard let picture = Picture(endingOf: path) else {
      throw Failure(.usage, "\(option) \(path): the file has to end in .svg, .png or .pdf")
    }
    self = picture
  }

  func draw(_ figure: Figure, size: ChartSize) throws(ChartError) -> [UInt8] {
    let scene = figure.scene(size)
    return switch self {
    case .svg:
      try Raster.svgFile(scene, heading: figure.heading, subheading: figure.subheading)
    case .pdf: try Raster.pdf(scene, heading: figure.heading, subheading: figure.subheading)
    case .png: try Raster.png(scene, heading: figure.heading, subheading: figure.subheading)
    }
  }
}
