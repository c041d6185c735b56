/// Small drawings of one scale side by side, each under its name.
public struct SmallMultiples: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    /// Bold.
    public let title: String
    /// After it, "64 % used".
    public let detail: String
    /// At most 326 pixels wide.
    public let scene: Scene

    public init(title: String, detail: String, scene: Scene) {
      self.title = title
      self.detail = detail
      self.scene = scene
    }
  }

  public let items: [Item]

  public init(_ items: [Item]) { self.items = items }

  /// The drawings in two columns on the wide drawing, below each other on the narrow one.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    let columns = size == .wide ? 2 : 1
    let step = size == .wide ? 354.0 : 342
    var marks: [Mark] = []
    var down = 0.0
    var row = 0.0
    for (index, item) in items.enumerated() {
      if index % columns == 0 {
        down += row
        row = 0
      }
      let left = Double(index % columns) * step
      let name = metrics.shortened(item.title, to: 230, size: 12, bold: true)
      let width = metrics.width(of: name, size: 12, bold: true)
      let detail = metrics.shortened(item.detail, to: 320 - width, size: 12, bold: false)
      marks.append(
        .text(Label(name, at: Point(left, down + 13), size: 12, bold: true, paint: .ink)))
      marks.append(
        .text(Label(detail, at: Point(left + width + 6, down + 13), size: 12, paint: .ink2)))
      marks += item.scene.marks.map { $0.moved(right: left, down: down + 18) }
      row = max(row, item.scene.height + 28)
    }
    return Scene(
      width: size.width, height: down + row, title: title, description: description, marks: marks)
  }
}
