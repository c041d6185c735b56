import Model

@testable import Analytics

/// A simulated service: processes that count events and are read at an interval, kept as minute cells.
///
/// Everything comes from the seed. Times are seconds since the start of three days.
struct LifeScene {
  /// The seconds between readings.
  let interval: Int64
  /// Events a second, of the whole service.
  let rate: Double
  /// The pull of the last readings.
  static let end: Int64 = 3 * 86_400

  private var made: [Series] = []
  private var state: UInt64
  private var phases: Int64 = 0

  init(interval: Int64, rate: Double, seed: UInt64) {
    (self.interval, self.rate) = (interval, rate)
    state = seed
  }

  /// SplitMix64, as a number in `0 ..< 1`.
  private mutating func chance() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
  }

  /// A whole number with this mean, and half to one and a half of it.
  private mutating func count(_ mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    return (mean * (0.5 + chance()) + chance()).rounded(.down)
  }

  /// A process and how it is read.
  struct Process {
    var labels: [String: String]
    var from: Int64 = 0
    var to = LifeScene.end
    /// Its part of the traffic.
    var share: (Int64) -> Double = { _ in 1 }
    /// The part of its events that fail.
    var failing: (Int64) -> Double = { _ in 0.001 }
    /// When it starts again from zero.
    var restarts: [Int64] = []
    /// Whether a reading brings nothing.
    var isUnread: (Int64) -> Bool = { _ in false }
    /// Whether a reading lacks the failures, or the successes.
    var lacks: (_ name: String, Int64) -> Bool = { _, _ in false }
    /// Labels from a time on.
    var relabels: [(at: Int64, labels: [String: String])] = []
    /// Counters that exist before their first event.
    var isEager = false
    /// What was counted before it is read first.
    var before = (ok: 0.0, failed: 0.0)
    /// Where counters start again by themselves.
    var wraps = Double.infinity
    /// Idle counters are left out after these seconds.
    var expiry = Int64.max
    /// Seconds by which the readings of its counters lie apart.
    var apart: Int64 = 0
    /// The names of what it counts.
    var form = Form.codes
  }

  enum Form {
    /// `requests_total` by code.
    case codes
    /// `succeeded_total` beside `requests_total`.
    case separate
    /// `seconds_bucket`.
    case histogram
  }

  mutating func run(_ process: Process) {
    phases += 1
    let phase = phases * 7 % interval
    var (ok, failed) = process.before
    var (okIdle, failedIdle): (Int64, Int64) = (0, 0)
    var builders = Builders(process.form, process.labels)
    var relabels = process.relabels[...]
    var last = process.from
    var restarts = process.restarts[...]
    var time = (process.from / interval) * interval + phase
    while time <= min(process.to, LifeScene.end) {
      defer { time += interval }
      guard time > process.from else { continue }
      // Each piece of time since the last reading, split at restarts.
      while let restart = restarts.first, restart <= time {
        last = restart
        (ok, failed) = (0, 0)
        restarts.removeFirst()
      }
      var piece = last
      while piece < time {
        let until = min(time, piece + max(20, interval / 5))
        let share = rate * process.share(piece) * Double(until - piece)
        let bad = process.failing(piece)
        let (new, broken) = (count(share * (1 - bad)), count(share * bad))
        (ok, failed) = (ok + new, failed + broken)
        if new > 0 { okIdle = until }
        if broken > 0 { failedIdle = until }
        piece = until
      }
      last = time
      if process.isUnread(time) { continue }
      if let next = relabels.first, next.at <= time {
        made += builders.finish()
        builders = Builders(process.form, next.labels)
        relabels.removeFirst()
      }
      func shows(_ name: String, _ value: Double, _ idle: Int64) -> Bool {
        (value > 0 || process.isEager) && !process.lacks(name, time) && time - idle < process.expiry
      }
      func wrapped(_ value: Double) -> Double {
        value < process.wraps ? value : value.truncatingRemainder(dividingBy: process.wraps)
      }
      if shows("ok", ok, okIdle) { builders.ok.add(wrapped(ok), at: time * 1_000_000_000) }
      if shows("failed", failed, failedIdle) {
        let second = process.form == .codes ? failed : ok + failed
        builders.second.add(wrapped(second), at: (time + process.apart) * 1_000_000_000)
      }
    }
    made += builders.finish()
  }

  /// The two series of a process.
  private struct Builders {
    var ok = CellBuilder()
    var second = CellBuilder()
    let names: [SeriesID]

    init(_ form: Form, _ labels: [String: String]) {
      let labels = labels.map { Label($0.key, $0.value) }
      func id(_ metric: String, _ more: [Label]) -> SeriesID {
        SeriesID(source: "m", name: metric, labels: labels + more)
      }
      names =
        switch form {
        case .codes: ["ok", "failed"].map { id("requests_total", [Label("code", $0)]) }
        case .separate: [id("succeeded_total", []), id("requests_total", [])]
        case .histogram: ["0.5", "+Inf"].map { id("seconds_bucket", [Label("le", $0)]) }
        }
    }

    func finish() -> [Series] {
      zip(names, [ok, second]).map {
        Series(id: $0.0, kind: .samples, cells: $0.1.finish())
      }.filter { !$0.cells.isEmpty }
    }
  }

  /// Processes of the job `api` that are there all the time.
  mutating func steady(
    _ count: Int, of all: Int? = nil, _ change: (inout Process) -> Void = { _ in }
  ) {
    for number in 0..<count {
      var process = Process(labels: ["job": "api", "instance": "s\(number)"])
      process.share = { _ in 1 / Double(all ?? count) }
      change(&process)
      run(process)
    }
  }

  /// All that was made, up to a time, under another value of a label.
  mutating func copy(_ label: String, as value: String, to end: Int64) {
    made += made.map { series in
      let others = series.id.labels.filter { !$0.name.elementsEqual(label.utf8) }
      return Series(
        id: SeriesID(
          source: series.id.source, name: String(decoding: series.id.name, as: UTF8.self),
          labels: others + [Label(label, value)]),
        kind: series.kind, cells: series.cells.filter { $0.lastTime <= end * 1_000_000_000 })
    }
  }

  func series() -> [Series] { made.sorted { $0.id < $1.id } }
}
