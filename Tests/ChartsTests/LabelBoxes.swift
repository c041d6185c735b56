import Charts
import Testing

/// Where the words of a drawing stand.
enum LabelBoxes {
  /// Every word takes twice its room.
  struct WideMetrics: TextMetrics {
    func width(of text: String, size: Double, bold: Bool) -> Double {
      2 * FixedTextMetrics().width(of: text, size: size, bold: bold)
    }
  }

  /// From the baseline to the top of a capital.
  static func of(_ scene: Scene, _ metrics: any TextMetrics = FixedTextMetrics())
    -> [(text: String, box: Box)]
  {
    labels(scene).map { label in
      let width = metrics.width(of: label.text, size: label.size, bold: label.bold)
      let left =
        switch label.anchor {
        case .start: label.at.x
        case .middle: label.at.x - width / 2
        case .end: label.at.x - width
        }
      let box = Box(
        left: left, top: label.at.y - 0.73 * label.size, right: left + width, bottom: label.at.y)
      return (plain(label), box)
    }
  }

  static func labels(_ scene: Scene) -> [Label] {
    scene.marks.flatMap { mark -> [Label] in
      switch mark {
      case .text(let label): [label]
      case .texts(let labels): labels
      default: []
      }
    }
  }

  static func words(_ scene: Scene) -> [String] { labels(scene).map(plain) }

  /// With plain blanks.
  static func plain(_ label: Label) -> String { label.text.replacing("\u{A0}", with: " ") }

  /// Expects all words inside the drawing, apart from each other and of a size that can be read.
  static func check(_ scene: Scene, _ metrics: any TextMetrics = FixedTextMetrics()) {
    #expect(labels(scene).allSatisfy { $0.size >= 9.5 })
    let found = of(scene, metrics)
    for (index, one) in found.enumerated() {
      #expect(one.box.left >= -0.01 && one.box.right <= scene.width + 0.01, "\(one.text)")
      #expect(one.box.top >= 0 && one.box.bottom <= scene.height, "\(one.text)")
      for other in found[(index + 1)...] {
        let apart =
          one.box.right <= other.box.left || other.box.right <= one.box.left
          || one.box.bottom <= other.box.top || other.box.bottom <= one.box.top
        #expect(apart, "\(one.text) / \(other.text)")
      }
    }
  }

  /// The labels that stand on a solid line of one of `paints`.
  static func covering(_ scene: Scene, _ paints: [Paint]) -> [String] {
    let points = scene.marks.flatMap { mark -> [Point] in
      guard case .lines(let lines, let stroke) = mark, paints.contains(stroke.paint),
        stroke.dash == .solid
      else { return [] }
      return lines.flatMap { line in
        zip(line, line.dropFirst()).flatMap { from, to in
          (0...100).map { step in
            let part = Double(step) / 100
            return Point(from.x + part * (to.x - from.x), from.y + part * (to.y - from.y))
          }
        }
      }
    }
    return of(scene).filter { _, box in
      points.contains {
        box.left < $0.x && $0.x < box.right && box.top < $0.y && $0.y < box.bottom
      }
    }.map(\.text)
  }
}
