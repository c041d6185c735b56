import Charts
import Testing

/// Every word takes twice its room.
struct DoubledMetrics: TextMetrics {
  func width(of text: String, size: Double, bold: Bool) -> Double {
    2 * FixedTextMetrics().width(of: text, size: size, bold: bold)
  }
}

/// The words of a drawing and the boxes they take.
struct SceneWords {
  let scene: Scene
  let labels: [(label: Label, box: Box)]

  init(_ scene: Scene, metrics: any TextMetrics = FixedTextMetrics()) {
    self.scene = scene
    labels = scene.marks.flatMap { mark -> [Label] in
      switch mark {
      case .text(let label): [label]
      case .texts(let labels): labels
      default: []
      }
    }.map { label in
      let width = metrics.width(of: label.text, size: label.size, bold: label.bold)
      let left =
        switch label.anchor {
        case .start: label.at.x
        case .middle: label.at.x - width / 2
        case .end: label.at.x - width
        }
      let box = Box(
        left: left, top: label.at.y - 0.73 * label.size, right: left + width, bottom: label.at.y)
      return (label, box)
    }
  }

  var texts: [String] { labels.map(\.label.text) }

  /// Fails where a label leaves the drawing, lies on another, or is too small to read.
  func check() {
    for (index, (label, box)) in labels.enumerated() {
      #expect(box.left >= -0.01 && box.right <= scene.width + 0.01, "\(label.text)")
      #expect(box.top >= 0 && box.bottom <= scene.height, "\(label.text)")
      #expect(label.size >= 9.5, "\(label.text)")
      for (other, place) in labels[(index + 1)...] {
        let apart =
          box.right <= place.left + 0.01 || place.right <= box.left + 0.01
          || box.bottom <= place.top || place.bottom <= box.top
        #expect(apart, "\(label.text) / \(other.text)")
      }
    }
  }
}
