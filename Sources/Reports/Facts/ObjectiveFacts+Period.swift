public import Analytics
public import Model

extension ObjectiveFacts {
  /// Adds what a report says that judges objectives over its period: what came before, and a closer look at those that were
  /// missed or met narrowly.
  ///
  /// `earlier` is what became of the periods before, oldest first; `own` the objective over its own window, which its policy is
  /// about; the measurement, of which `raw` has agreed time in it, begins
  /// three days before the period.
  public mutating func look(
    at period: ReportPeriod, earlier: [ResultFacts], own: Assessment, raw: Measurement,
    measurement: Measurement, series: [Series], zone: ZoneOffsets
  ) {
    self.earlier = earlier
    periodBefore = earlier.last?.counts
    ownRule = RuleFacts(own.objective.window)
    band = BandFacts(own)
    opensAt = own.opensAgain(measurement.tally, zone: zone)
    let window = period.window(in: zone)
    credit = own.objective.agreement.flatMap { agreement in
      guard agreement.window == period.unit else { return nil }
      return CreditFacts(
        Credit(agreement, raw, exclusions: own.objective.exclusions, in: window, zone: zone),
        of: agreement, isJudged: state != .notJudged)
    }
    switch period.unit {
    case .day: break
    case .week, .month, .quarter:
      hours = nil
      days = StretchFacts.days(
        of: measurement, from: period.first,
        upTo: zone.date(at: own.asOf - .nanoseconds(1)).adding(days: 1), zone: zone)
    }
    guard state == .overspent || state == .atRisk else { return }
    burnLines = BurnLine.alerts.map { alert in
      BurnLineFacts(
        BurnLine(
          measurement.tally, over: alert.lookBack, threshold: alert.threshold, in: window,
          steps: 340, target: own.objective.target))
    }
    if case .latency = own.objective.indicator, let windows = days?.map(\.window) {
      latency = zip(LatencyStretch.stretches(of: series, in: windows), windows)
        .map { LatencyFacts($0, in: $1) }
    }
  }
}

extension ObjectiveFacts.BandFacts {
  /// The band of the policy that applies; `nil` where there is no verdict.
  init?(_ assessment: Assessment) {
    guard let band = assessment.band else { return nil }
    let policy = assessment.objective.policy
    self.init(
      policy: policy.name, name: band.name, action: band.action,
      below: band.below.map { Double($0) / 1e9 }, gateClosed: band.closesGate,
      gateClosesBelow: policy.bands.filter(\.closesGate).compactMap(\.below).max().map {
        Double($0) / 1e9
      })
  }
}
