import Model

extension CheckWriter {
  /// Doubts of an objective that is not judged are in its own line.
  private func lines(ascii: Bool) -> [String] {
    let judged = check.objectives.filter { $0.state != .notJudged }
    let titles = Dictionary(
      check.objectives.map { ($0.name, $0.title) }, uniquingKeysWith: { one, _ in one })
    let all = caveats.filter { caveat in
      !caveat.closes || judged.contains { $0.name == caveat.objective }
    }
    let lines = all.prefix(20).map { caveat in
      let title = caveat.objective.flatMap { titles[$0] }.map { "\($0): " } ?? ""
      return "  \(ascii ? "-" : "•") \(Escape.cleaned(title + caveat.text).capitalizedFirst.ended)"
    }
    let rest = all.count - lines.count
    return rest > 0 ? lines + ["  \(rest) more: see `--format json`."] : lines
  }

  /// For a terminal: the first line is the verdict; with signs of ASCII only where asked.
  public func text(ascii: Bool) -> String {
    var lines = [headline, instant] + lines(ascii: ascii) + [""]
    let width = min(40, check.objectives.map { Escape.cleaned($0.title).count }.max() ?? 0)
    for objective in check.objectives { lines.append(line(objective, width: width, ascii: ascii)) }
    let closing = check.objectives.filter { $0.band?.gateClosed == true }
    lines += closing.isEmpty ? [] : [""]
    for objective in closing {
      guard let action = objective.band?.action else { continue }
      lines.append("Policy for \(Escape.cleaned(objective.title)): \(Escape.cleaned(action))")
    }
    return Wording.plain(lines.joined(separator: "\n")) + "\n"
  }

  private func line(_ objective: ObjectiveFacts, width: Int, ascii: Bool) -> String {
    let words = ObjectiveWords(objective, in: zone)
    let judged = objective.state != .notJudged
    let closed = objective.band?.gateClosed == true
    let sign =
      judged ? (closed ? (ascii ? "XX" : "✕") : (ascii ? "OK" : "✓")) : (ascii ? "--" : "–")
    let word = Table.padded(judged ? (closed ? "closed" : "open") : "no data", to: 8)
    let title = Table.padded(String(Escape.cleaned(objective.title).prefix(40)), to: width)
    guard judged else {
      return "\(sign) \(word) \(title)   not judged: \(Escape.cleaned(words.doubts))"
    }
    let burn = objective.burnRates.first { $0.long != nil }.map {
      "\(Wording.duration(.seconds($0.longSeconds))) burn \(Wording.rate($0.long))"
    }
    let left = Table.padded("\(Wording.left(objective.budget?.left)) left", to: 10, right: true)
    let parts =
      [
        "\(sign) \(word) \(title)", left,
        Table.padded(words.windowLevel, to: 9, right: true), burn ?? "no burn rate",
      ] + [Wording.missingBucket(of: objective)].compactMap(\.self)
    return parts.joined(separator: "   ")
  }
}
