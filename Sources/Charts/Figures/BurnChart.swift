import Glibc
public import Model

/// How many times faster than evenly a budget was spent, over several look-backs: a strip each, one below the other.
public struct BurnChart: Hashable, Sendable {
  public struct Strip: Hashable, Sendable {
    /// "Last 1 hour", and below it "pages at 14.4×".
    public let title: String
    public let detail: String
    /// Of steps of one length; `nil` where nothing was counted.
    public let low: [Double?]
    public let high: [Double?]
    public let threshold: Double
    /// At the right end: "peak 331×".
    public let peak: String

    public init(
      title: String, detail: String, low: [Double?], high: [Double?], threshold: Double,
      peak: String
    ) {
      self.title = title
      self.detail = detail
      self.low = low
      self.high = high
      self.threshold = threshold
      self.peak = peak
    }
  }

  public let domain: Window
  public let strips: [Strip]
  public let zone: ZoneOffsets

  public init(domain: Window, strips: [Strip], zone: ZoneOffsets) {
    self.domain = domain
    self.strips = strips
    self.zone = zone
  }

  private static let least = 0.1

  private var most: Double {
    max(300, strips.flatMap(\.high).compactMap(\.self).filter(\.isFinite).max() ?? 0)
  }

  /// 232 pixels high with three strips.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    let wide = size == .wide
    // On the narrow one the words of a strip stand over it.
    let (step, head) = wide ? (66.0, 4.0) : (88, 34)
    let words = strips.reduce(0) {
      max(
        $0, metrics.width(of: $1.title, size: 11, bold: true),
        metrics.width(of: $1.detail, size: 10.5, bold: false))
    }
    let peaks = strips.reduce(0) { max($0, metrics.width(of: $1.peak, size: 11, bold: true)) }
    let left = wide ? min(words.rounded(.up), 150) + 48 : 40
    let right = wide ? size.width - peaks.rounded(.up) - 12 : size.width - 8
    let bottom = step * Double(max(1, strips.count))
    var frame = PlotFrame(
      canvas: Box(left: 0, top: 0, right: size.width, bottom: bottom + 30),
      plot: Box(left: left, top: 0, right: right, bottom: bottom), domain: domain, zone: zone,
      metrics: metrics)
    var marks: [Mark] = []
    for (index, strip) in strips.enumerated() {
      let top = Double(index) * step + head
      let plot = Box(left: left, top: top, right: right, bottom: Double(index + 1) * step - 10)
      marks += self.marks(of: strip, in: plot, wide: wide, width: size.width, metrics)
    }
    marks += frame.timeAxis()
    return Scene(
      width: size.width, height: bottom + 30, title: title, description: description,
      marks: marks + frame.board.placed.flatMap { $0.labels.map { .text($0) } })
  }

  private func marks(
    of strip: Strip, in plot: Box, wide: Bool, width: Double, _ metrics: any TextMetrics
  ) -> [Mark] {
    let (least, most) = (Self.least, self.most)
    func y(_ rate: Double) -> Double {
      let share = log(max(rate, least) / least) / log(most / least)
      return plot.bottom - min(max(share, 0), 1) * plot.height
    }
    let count = max(1, strip.high.count)
    let step = plot.width / Double(count)
    var (line, above): ([[Point]], [Box]) = ([[]], [])
    for (index, (low, high)) in zip(strip.low, strip.high).enumerated() {
      guard let low, let high, low.isFinite, high.isFinite else {
        line.append([])
        continue
      }
      let x = plot.left + (Double(index) + 0.5) * step
      line[line.count - 1].append(Point(x, y(high)))
      if y(low) - y(high) > 1 { line[line.count - 1].append(Point(x, y(low))) }
      if high > strip.threshold {
        above.append(
          Box(left: x - step / 2, top: y(high), right: x + step / 2, bottom: y(strip.threshold)))
      }
    }
    let rules = [1.0, 10, 100].map { [Point(plot.left, y($0)), Point(plot.right, y($0))] }
    let limit = y(strip.threshold)
    let overs = strip.high.compactMap(\.self).contains { $0 > strip.threshold }
    var marks: [Mark] = [
      .lines(rules, Stroke(.grid)),
      .boxes(Self.joined(above), .bad, edge: nil, radius: 0),
      .lines(line.filter { $0.count > 1 }, Stroke(.s1, width: 1.2)),
      .lines(
        [[Point(plot.left, limit), Point(plot.right, limit)]],
        Stroke(.ink, width: 1.2, dash: .dashed)),
    ]
    // One point alone between gaps.
    marks += line.filter { $0.count == 1 }.compactMap(\.first).map {
      .circle($0, radius: 1.2, .s1, edge: nil)
    }
    let labels: [Label] = [1.0, 100].map {
      Label(
        "\(Int($0))×", at: Point(plot.left - 6, y($0) + 4), anchor: .end, paint: .axis)
    }
    marks.append(.texts(labels))
    let room = wide ? plot.left - 44 : width - 110
    let base = wide ? plot.top + 18 : plot.top - 21
    marks += [
      .text(
        Label(
          metrics.shortened(strip.title, to: room, size: 11, bold: true), at: Point(0, base),
          bold: true, paint: .ink)),
      .text(
        Label(
          metrics.shortened(strip.detail, to: room, size: 10.5, bold: false),
          at: Point(0, base + 14), size: 10.5, paint: .ink2)),
      .text(
        Label(
          strip.peak, at: Point(width, base), bold: true, anchor: .end,
          paint: overs ? .badText : .ink2)),
    ]
    return marks
  }

  /// Boxes side by side with the same top as one.
  private static func joined(_ boxes: [Box]) -> [Box] {
    boxes.reduce(into: [Box]()) { found, box in
      if let last = found.last, abs(last.right - box.left) < 0.01, abs(last.top - box.top) < 0.05 {
        found[found.count - 1] = Box(
          left: last.left, top: last.top, right: box.right, bottom: last.bottom)
      } else {
        found.append(box)
      }
    }
  }
}
