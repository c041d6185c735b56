/// A role of colour, with its value on a light and on a dark page.
///
/// The raw value names the CSS custom property (`--okText`).
public enum Paint: String, Hashable, Sendable, CaseIterable {
  case page, surface, ink, ink2, axis, grid, rule, prev
  case s1, s2, s3, s4, s1b, s1c
  case ok, okText, okTint
  case warn, warnText, warnTint
  case bad, badText, badTint
  case none, noneText, noneTint
  case d1, d2, d3, d4, d5, d1Edge, d3Edge, d3Text

  /// The value on a light page, "#14568F"; print and PNG always use it.
  public var light: String { pair.light }
  /// The value on a dark page.
  public var dark: String { pair.dark }

  /// The paint for words that belong to a mark of this paint: at least 4.5:1 on page and surface.
  public var text: Paint {
    switch self {
    case .ok: .okText
    case .warn: .warnText
    case .bad: .badText
    case .none: .noneText
    default: self
    }
  }

  private var pair: (light: String, dark: String) {
    switch self {
    case .page: ("#FFFFFF", "#11161B")
    case .surface: ("#F5F7F9", "#1A2128")
    case .ink: ("#17202A", "#E9EEF3")
    case .ink2: ("#4A5663", "#AEB9C4")
    case .axis: ("#57636F", "#9BA7B3")
    case .grid: ("#E2E6EB", "#2A333C")
    case .rule: ("#C9D0D8", "#3D4852")
    case .prev: ("#6B7785", "#84909C")
    case .s1: ("#14568F", "#6CB2F5")
    case .s2: ("#B5520A", "#F2A05E")
    case .s3: ("#127D7D", "#9FDFD7")
    case .s4: ("#8F2452", "#E75A89")
    case .s1b: ("#B9CCDD", "#2B4A68")
    case .s1c: ("#DCE6EE", "#1D2E40")
    case .ok: ("#1F7F6E", "#46B7A0")
    case .okText: ("#0E6B5B", "#63D0B9")
    case .okTint: ("#E6F3F0", "#16302B")
    case .warn: ("#B87300", "#E3A72E")
    case .warnText: ("#8A5300", "#F0BE5A")
    case .warnTint: ("#FDF3DF", "#33280F")
    case .bad: ("#B3261E", "#F0705C")
    case .badText: ("#A3201A", "#FF8F7D")
    case .badTint: ("#FBEAE7", "#3A1D19")
    case .none: ("#6B7785", "#84909C")
    case .noneText: ("#57636F", "#AEB9C4")
    case .noneTint: ("#F0F2F4", "#20272E")
    case .d1: ("#E4F1EE", "#1B3330")
    case .d2: ("#B5D9D0", "#2C5A52")
    case .d3: ("#E9AE4C", "#94691C")
    case .d4: ("#C6432E", "#F5917A")
    case .d5: ("#7E1A12", "#FFDDD4")
    case .d1Edge: ("#559587", "#3E6B63")
    case .d3Edge: ("#8A5300", "#F0BE5A")
    case .d3Text: ("#17202A", "#FFFFFF")
    }
  }
}

/// The paints as a style sheet.
public enum Palette {
  /// Custom properties for light and dark pages, and the classes that the SVG writer puts on shapes.
  ///
  /// `.f-x` fills and `.k-x` strokes with paint `x`. The dark values hold on screens only, so print stays
  /// light.
  public static let stylesheet: String = {
    let light = Paint.allCases.map { "--\($0.rawValue):\($0.light)" }.joined(separator: ";")
    let dark = Paint.allCases.map { "--\($0.rawValue):\($0.dark)" }.joined(separator: ";")
    let classes = Paint.allCases.map { paint in
      let name = paint.rawValue
      return ".f-\(name){fill:var(--\(name))}.k-\(name){stroke:var(--\(name))}"
    }
    return """
      :root{\(light)}
      @media screen and (prefers-color-scheme:dark){:root{\(dark)}}
      \(classes.joined(separator: "\n"))

      """
  }()
}
