extension VectorTests {
  /// Our answers where another tool follows another convention, worked by hand.
  static let besides: [String: Datum] = [
    // Increases. The anchored and the smoothed form are answered by the steps that are booked in (start, end].
    "A18": 0,  // no reading, no step; that nobody looked is told by the coverage
    "A19": 0,  // the step from 2 to 4 is booked at its later reading, 180 s
    "A23": .list([.null, .null, .null]),  // one reading in the range: gauges have no anchored form
    "A26": 0,  // the first reading has no step
    // That a mark of staleness follows the 1 is not in its cell.
    "A35": .list([1, 1, 2, 2, .null]),
    "F27": "no error",  // any window has its pairs
    // Decimals are exact: 999 000 000 and 1 000 000 in a billion.
    "F28": .list([0.999, 0.001]),
    // Look-backs scaled by the window: 28 d / 720, 120, 30, 10 and a twelfth of each, in whole seconds; no hold.
    "F31": .map([
      "long_min": .list([56, 336, 1344, 4032]),
      "short_min": .list([.number(280.0 / 60), 28, 112, 336]),
      "factors": .list([14.4, 6, 3, 1]),
    ]),
    "F32": .map([
      "long_min": .list([28, 168, 672, 2016]),
      "short_min": .list([.number(140.0 / 60), 14, 56, 168]),
      "factors": .list([14.4, 6, 3, 1]),
    ]),
    // No count means "no data": -1 contradicts itself, as does good above total.
    "F35": .list([0.5, "none", "none", "none", "none"]),
    // There is no least number of events; the interval says what few are worth.
    "F36": .list([.number(5.0 / 9)]),
    // No total and good above total have no service level; nothing is clamped.
    "F38": .list(["none", "none", 1, 571.428571, 1000]),
    "F39": .list([1, 10, 0.5, "none"]),
    // Dates are whole days: 73.2 / 2.1 = 34.857, so that the 35th day ends with nothing.
    "F55": 35,
    // Calendar weeks start on Monday, months on the 1st, both at midnight; there is no anchor.
    "G17": .list(["2022-08-08T00:00Z", "2022-08-15T00:00Z"]),
    "G18": .list(["2022-08-01T00:00Z", "2022-09-01T00:00Z"]),
    "G21": .list(["2022-08-08T00:00Z", "2022-08-15T00:00Z"]),
    // Rolling windows have a fixed length: 30 d, 30 d and 90 d.
    "G20": .list(["2022-07-12T08:31Z", "2022-07-12T08:31Z", "2022-05-13T08:31Z"]),
    // 100 % is an objective like others: any bad event overspends it.
    "G27": .list(["ok", "error", "ok"]),
    "G28": .list(["ok", "ok"]),
    "I09": .list([28, 29, 30, 31]),  // months are calendar months
  ]
}
