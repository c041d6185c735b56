/// The answer to a ``JobQuestion``, from what parts of its window add up to.
struct JobAnswer {
  let json: String

  /// - Throws: ``WantedCells`` that another pass has to keep.
  init(_ parts: [RunTally], _ incidents: IncidentTally) throws(MissingValues) {
    var missing = WantedCells()
    func quantiles(_ spread: Spread, _ provider: [UInt8]?) -> String {
      let names = ["p50", "p95", "p99"]
      var text = "{\"count\":\(spread.total)"
      for (name, share) in zip(names, JobQuestion.shares) {
        switch spread.quantile(share) {
        case .success(let value): text += ",\"\(name)\":\(value / 1e6)"
        case .failure(let cells): missing.insert(cells.cells, provider: provider)
        }
      }
      return text + "}"
    }
    var byProvider: [[UInt8]: [SpreadCounts]] = [:]
    for part in parts {
      for (name, counts) in zip(part.providers.texts, part.durations) {
        byProvider[name, default: []].append(counts)
      }
    }
    var durations: [String] = []
    for (name, counts) in byProvider where counts.contains(where: { $0.total > 0 }) {
      durations.append(
        "\(JobAnswer.quoted(name)):\(quantiles(Spread(counts), name))")
    }
    let all = Spread(byProvider.values.flatMap { $0 })
    if all.total > 0 { durations.append("\"all\":\(quantiles(all, nil))") }
    guard missing.isEmpty else { throw MissingValues(cells: missing) }

    var buckets: [String] = []
    if let question = parts.first?.question {
      for place in 0..<question.buckets {
        let good = parts.reduce(0) { $0 + Int($1.goods[place]) }
        let total = parts.reduce(0) { $0 + Int($1.totals[place]) }
        guard total > 0 else { continue }
        buckets.append("[\(question.start + Int64(place) * question.bucket),\(good),\(total)]")
      }
    }
    json =
      "{\"buckets\":[\(buckets.joined(separator: ","))],\"durations\":{"
      + "\(durations.joined(separator: ","))},\"mttr\":{\(incidents.json)}}\n"
  }

  static func quoted(_ name: [UInt8]) -> String {
    var text = "\""
    for scalar in String(decoding: name, as: UTF8.self).unicodeScalars {
      if scalar == "\"" || scalar == "\\" || scalar.value < 32 {
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

/// The answer needs another pass.
struct MissingValues: Error {
  let cells: WantedCells
}

/// How long incidents took, by severity.
struct IncidentTally {
  private var severities = Names()
  /// Microseconds, by the number of a severity.
  private var lengths: [[Int64]] = []

  mutating func add(_ severity: UnsafeBufferPointer<UInt8>, opened: Int64, resolved: Int64?) {
    guard let resolved else { return }
    let place = severities.place(of: severity)
    if place == lengths.count { lengths.append([]) }
    lengths[place].append(resolved - opened)
  }

  var json: String {
    zip(severities.texts, lengths).map { name, lengths in
      let sorted = lengths.sorted()
      let mean = Double(sorted.reduce(0, +)) / Double(sorted.count) / 1e6
      let middle = sorted.count / 2
      let twice = sorted[middle] + sorted[sorted.count % 2 == 0 ? middle - 1 : middle]
      return "\(JobAnswer.quoted(name)):{\"count\":\(sorted.count),\"mean\":\(mean),"
        + "\"median\":\(Double(twice) / 2e6)}"
    }.joined(separator: ",")
  }
}
