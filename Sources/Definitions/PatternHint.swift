/// What to write where files of several origins are read as one.
public enum PatternHint {
  /// A pattern that names the part of the paths in which files differ; `nil` where none is seen.
  ///
  /// That is a folder for which the pattern has a star; or in the names of files what comes before the last hyphen or
  /// underscore, if several files share it; or the whole star.
  public static func naming(_ pattern: String, paths: [String]) -> String? {
    func components(_ text: String) -> [Substring] { text.split(separator: "/") }
    let written = components(pattern)
    let found = paths.map(components).filter { $0.count >= written.count }
    for (place, part) in written.enumerated() {
      guard let star = part.firstIndex(of: "*") else { continue }
      let names = Set(found.map { $0[place] })
      guard names.count > 1 else { continue }
      var name = "{instance}"
      if place == written.count - 1 {
        let separator = ["-", "_"].first { separator in
          let heads = Set(names.map { head(of: $0, before: separator) })
          return !heads.contains(nil) && heads.count > 1 && heads.count < names.count
        }
        if let separator { name += separator + "*" }
      }
      let named = Substring("\(part[..<star])\(name)\(part[star...].dropFirst())")
      let parts = written.enumerated().map { $0.offset == place ? named : $0.element }
      return (pattern.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
    return nil
  }

  private static func head(of name: Substring, before separator: String) -> Substring? {
    name.ranges(of: separator).last.map { name[..<$0.lowerBound] }
  }
}
