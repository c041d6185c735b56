import Analytics
import Glibc

/// How the forecasts do on items of every kind, as a table: `sloreport-bench forecasts SEED ITEMS`.
struct ForecastTable {
  let scores: [(kind: ForecastKind, score: ForecastScore)]
  private let seconds: Double

  init(seed: UInt64, items: Int) throws {
    var chance = SeededChance(seed: seed)
    var scores: [(kind: ForecastKind, score: ForecastScore)] = []
    let start = clock()
    for kind in ForecastKind.allCases {
      var score = ForecastScore()
      for _ in 0..<items { score.add(try ForecastItem(kind, seed: chance.next())) }
      scores.append((kind, score))
    }
    seconds = Double(clock() - start) / 1e6
    self.scores = scores
  }

  var text: String {
    var lines = [
      "| kind | 95 % | 80 % | held | error | score | crossings warned | alarms | truth inside | false dates | refused | absurd |",
      "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for (kind, score) in scores {
      lines.append(
        "| \(kind.rawValue) | \(percent(score.coverage95)) | \(percent(score.coverage80))"
          + " | \(percent(share(score.held, score.origins)))"
          + " | \(decimal(score.relativeError)) | \(decimal(score.relativeScore))"
          + " | \(percent(share(score.warned, score.crossing))) of \(score.crossing)"
          + " | \(percent(share(score.alarms, score.calm)))"
          + " | \(percent(share(score.datedInside, score.dated))) of \(score.dated)"
          + " | \(percent(share(score.falseDates, score.open)))"
          + " | \(percent(share(score.refused, score.open))) | \(score.absurd) |")
    }
    let all = scores.map(\.score)
    let cover95 = all.compactMap(\.coverage95), cover80 = all.compactMap(\.coverage80)
    let errors = all.compactMap(\.relativeError), intervals = all.compactMap(\.relativeScore)
    lines += [
      "",
      "| figure | here | bar |",
      "|---|---|---|",
      "| 95 % interval covers, mean / worst kind | \(percent(mean(cover95))) / \(percent(cover95.min())) | 94-97 / 90 |",
      "| 80 % interval covers, mean / worst kind | \(percent(mean(cover80))) / \(percent(cover80.min())) | 80-90 / 64 |",
      "| error, geometric mean / worst kind | \(decimal(geometric(errors))) / \(decimal(errors.max())) | 0.45 / 1.5 |",
      "| interval score, geometric mean | \(decimal(geometric(intervals))) | 0.40 |",
      "| crossings warned of | \(percent(mean(all.compactMap { share($0.warned, $0.crossing) }))) | 88 |",
      "| alarms on items that do not cross | \(percent(mean(all.compactMap { share($0.alarms, $0.calm) }))) | 30 |",
      "| truth inside earliest … latest, of dated | \(percent(share(sum(all, \.datedInside), sum(all, \.dated)))) | 90 |",
      "| false dates | \(percent(mean(all.compactMap { share($0.falseDates, $0.open) }))) | 5 |",
      "| refused, of open items | \(percent(mean(all.compactMap { share($0.refused, $0.open) }))) | 19 |",
      "| absurd numbers | \(sum(all, \.absurd)) | 0 |",
      "",
      "\(sum(all, \.items)) items in \(decimal(seconds)) s of processor time, their making included.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func share(_ part: Int, _ whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  private func sum(_ scores: [ForecastScore], _ path: KeyPath<ForecastScore, Int>) -> Int {
    scores.reduce(0) { $0 + $1[keyPath: path] }
  }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  private func geometric(_ values: [Double]) -> Double? {
    mean(values.map { log(max($0, 1e-9)) }).map(exp)
  }

  private func decimal(_ value: Double?) -> String { number(value, places: 2) }
  private func percent(_ value: Double?) -> String { number(value.map { $0 * 100 }, places: 1) }

  private func number(_ value: Double?, places: Int) -> String {
    guard let value else { return "–" }
    let scaled = Int((value * pow(10, Double(places))).rounded())
    let unit = Int(pow(10, Double(places)))
    let rest = "\(scaled % unit)"
    return "\(scaled / unit).\(String(repeating: "0", count: places - rest.count))\(rest)"
  }
}
