import Analytics
import Model
import Testing

extension VectorTests {
  /// Answers the vectors about histograms.
  func histogram(_ vector: Vector) throws -> Datum {
    let given = vector.given
    switch vector.topic {
    case "apdex":
      let threshold = try given["T"].number()
      let buckets = Buckets([
        (threshold, try given["cum_T"].number()), (4 * threshold, try given["cum_4T"].number()),
        (.infinity, try given["total"].number()),
      ])
      return number(buckets?.apdex(threshold))
    case "histogram_avg_native":
      // The increase of x_sum over that of x_count.
      func increase(_ key: String) throws -> Double? {
        let series = samples([0, try given["hist"][key].number()])
        return ExtrapolatedIncrease.sum(of: [series], in: span(0, 60), by: .closed)
      }
      guard let sum = try increase("sum"), let count = try increase("count") else { return .null }
      return .number(sum / count)
    case "histogram_quantile_native" where given["q"] == .null:
      return number(try native(given["hist"])?.quantile(0.5))
    case "histogram_quantile_classic", "histogram_quantile_native":
      let buckets = try buckets(given)
      let answers = try given["q"].list.map { number(buckets?.quantile(try $0.number())) }
      if case .number = given["q"] { return answers[0] }
      return .list(answers)
    default:
      let buckets = try buckets(given)
      return .list(
        try given["ranges"].list.map { range in
          let (from, to) = (try range.list[0].number(), try range.list[1].number())
          let share = buckets?.fraction(from: from, to: to)
          if vector.topic == "histogram_fraction_classic", from == 0 {
            try expectService(given, upTo: to, of: share)
          }
          return number(share)
        })
    }
  }

  /// The SLI of a latency objective is the same share where its bound is one of the buckets'.
  private func expectService(_ given: Datum, upTo bound: Double, of share: Double?) throws {
    let buckets = try given["buckets_cumulative"].list.map { try $0.numbers() }
    guard buckets.contains(where: { $0[0] == bound }) else { return }
    let series = buckets.map { bucket in
      samples([0, bucket[1]], "h", [Label("le", bucket[0].isFinite ? "\(bucket[0])" : "+Inf")])
    }
    let measured = Measurement(
      objective(
        try percent(99),
        .latency(selector("h"), atMost: .milliseconds(Int64((bound * 1000).rounded())))),
      series: series, span: span(0, 60), spans: WindowSet())
    let level = ServiceLevel(measured.tally.counts(in: span(0, 60)))
    #expect(level?.share == share.flatMap { $0.isNaN ? nil : $0 })
  }

  private func number(_ value: Double?) -> Datum {
    value.map { $0.isNaN ? "NaN" : .number($0) } ?? .null
  }

  private func buckets(_ given: Datum) throws -> Buckets? {
    guard given["hist"] == .null else { return try native(given["hist"]) }
    return Buckets(
      try given["buckets_cumulative"].list.map { bucket in
        (try bucket.list[0].number(), try bucket.list[1].number())
      })
  }

  /// A native histogram of schema 0, whose bounds are the powers of 2, as cumulative buckets.
  private func native(_ given: Datum) throws -> Buckets? {
    #expect(given["count"] == 0 || given["schema"] == 0)
    var (result, count): ([(bound: Double, count: Double)], Double) = ([], 0)
    func counts(_ key: String) throws -> [Double] {
      given[key] == .null ? [] : try given[key].numbers()
    }
    func power(_ exponent: Int) -> Double {
      Double(sign: .plus, exponent: exponent, significand: 1)
    }
    let (negative, positive) = (try counts("neg"), try counts("buckets"))
    for (index, amount) in negative.enumerated().reversed() {
      result.append((-power(index), count))
      count += amount
    }
    if !negative.isEmpty { result.append((-0.5, count)) }
    for zero in try counts("z_bucket") {
      count += zero
      result.append((try given["z_bucket_w"].number(), count))
    }
    if !positive.isEmpty { result.append((0.5, count)) }
    for (index, amount) in positive.enumerated() {
      count += amount
      result.append((power(index), count))
    }
    return Buckets(result + [(.infinity, count)], spread: .exponential)
  }
}
