import Model

/// What the scheduler's process shows when it is scraped.
struct SchedulerState {
  static let bounds: [Int64] = [5, 10, 30, 60, 120, 300]

  var started: Int64
  var enabled: Int64 = 1
  var succeeded: Int64 = 0
  var failed: Int64 = 0
  var byHand: Int64 = 0
  /// Runs of at most each bound; the last one is `+Inf`.
  var buckets = [Int64](repeating: 0, count: bounds.count + 1)
  var durationMilliseconds: Int64 = 0
  /// Unix seconds by provider; 0 until the process has synced once.
  var lastSync = [Int64](repeating: 0, count: Run.providers.count)
  var models = [Int64](repeating: 0, count: Run.providers.count)
  var timeouts = [Int64](repeating: 0, count: Run.providers.count)
  var refusals = [Int64](repeating: 0, count: Run.providers.count)
  var memory: Int64 = 0
  /// Models asked of each provider since midnight UTC.
  var asked = [Int64](repeating: 0, count: Run.providers.count)

  init(started: Int64) { self.started = started }

  mutating func finish(_ run: Run) {
    for provider in Run.providers.indices {
      models[provider] += run.models[provider]
      timeouts[provider] += run.timeouts[provider]
      refusals[provider] += run.refusals[provider]
      // The providers are written one after the other in the run's last second.
      let written = (run.end - Int64(Run.providers.count - 1 - provider) * 400)
      if run.succeeded { lastSync[provider] = written.dividedDown(by: 1000) }
    }
    if run.byHand {
      byHand += 1
      return
    }
    if run.succeeded { succeeded += 1 } else { failed += 1 }
    durationMilliseconds += run.milliseconds
    for (index, bound) in SchedulerState.bounds.enumerated()
    where run.milliseconds <= bound * 1000 {
      buckets[index] += 1
    }
    buckets[SchedulerState.bounds.count] += 1
  }
}

/// What the admin's process shows when it is scraped.
struct AdminState {
  var started: Int64
  var memory: Int64
}

/// What the database's exporter shows when it is scraped.
struct DatabaseState {
  let bytes: Int64
  let connections: Int64

  static let maxConnections: Int64 = 30
}

/// The answer of a target to one scrape; no state when it did not answer.
struct Scrape<State> {
  let time: Int64
  let state: State?
}

/// All targets, scraped every five minutes, each at its own second and a little early or late.
struct Recording {
  private static let interval = 5 * Moment.minute
  private static let pageSize: Int64 = 4096

  private(set) var scheduler: [Scrape<SchedulerState>] = []
  private(set) var admin: [Scrape<AdminState>] = []
  private(set) var database: [Scrape<DatabaseState>] = []

  /// Scrapes from the first moment to the last, both included.
  init(from begin: Int64, until end: Int64, events: [Event]) {
    scrapeScheduler(from: begin, until: end, events: events)
    scrapeAdmin(from: begin, until: end, events: events)
    scrapeDatabase(from: begin, until: end)
  }

  private mutating func scrapeScheduler(from begin: Int64, until end: Int64, events: [Event]) {
    var random = SplitMix64(seed: 0x5052_4943_494E_4702)
    // A process that had run for a week when the recording began.
    let history = Run.all(from: begin - Moment.week, until: end, events: events)
    var runs = history[...]
    var restarts = events.filter { $0.kind == .restarted }[...]
    var state = SchedulerState(started: begin - Moment.week - 3 * Moment.hour)
    var asked = (day: begin, models: state.asked)
    for slot in stride(from: begin, through: end, by: Int(Recording.interval)) {
      let time = slot + 37_214 + random.whole(-400...400)
      let memoryNoise = random.whole(0...600)
      guard time <= end else { break }
      while true {
        let restart = restarts.first.map(\.from) ?? .max
        if let run = runs.first, run.end <= min(time, restart - 1) {
          state.finish(run)
          let day = run.end.dividedDown(by: Moment.day)
          if day != asked.day { asked = (day, run.models.map { _ in 0 }) }
          for provider in asked.models.indices { asked.models[provider] += run.models[provider] }
          runs.removeFirst()
        } else if restart <= time {
          state = SchedulerState(started: restart)
          restarts.removeFirst()
        } else {
          break
        }
      }
      let now = events.filter { $0.holds(atMillisecond: time) }
      if now.contains(where: { $0.kind == .unscraped }) { continue }
      state.enabled = now.contains { $0.kind == .stopped } ? 0 : 1
      // 210 MiB, and 9 MiB more with each day until the process is started anew.
      let grown = (time - state.started) * 9 * 256 / Moment.day
      let isSyncing = runs.first.map { $0.start <= time } ?? false
      state.memory =
        (210 * 256 + grown + memoryNoise + (isSyncing ? 40 * 256 : 0)) * Recording.pageSize
      state.asked =
        asked.day == time.dividedDown(by: Moment.day) ? asked.models : asked.models.map { _ in 0 }
      scheduler.append(Scrape(time: time, state: state))
    }
  }

  private mutating func scrapeAdmin(from begin: Int64, until end: Int64, events: [Event]) {
    var random = SplitMix64(seed: 0x5052_4943_494E_4703)
    let started = begin - 19 * Moment.day
    for slot in stride(from: begin, through: end, by: Int(Recording.interval)) {
      let time = slot + 131_870 + random.whole(-400...400)
      let memory = (118 * 256 + random.whole(0...900)) * Recording.pageSize
      guard time <= end else { break }
      let isDown = events.contains { $0.kind == .adminDown && $0.holds(atMillisecond: time) }
      let state = AdminState(started: started, memory: memory)
      admin.append(Scrape(time: time, state: isDown ? nil : state))
    }
  }

  /// 33 GiB, and 264 MiB more with each usual day, most of it on working days.
  private mutating func scrapeDatabase(from begin: Int64, until end: Int64) {
    var random = SplitMix64(seed: 0x5052_4943_494E_4705)
    var pages = 33 * 1024 * 256 * 100
    for slot in stride(from: begin, through: end, by: Int(Recording.interval)) {
      let time = slot + 203_410 + random.whole(-400...400)
      let (unused, sessions) = (random.whole(0...9_000), random.whole(0...4))
      guard time <= end else { break }
      let weekday = CivilDate(dayNumber: time.dividedDown(by: Moment.day)).weekday
      let load = Story.loadOfWeekday[weekday - 1]
      // Of a day a 288th, in hundredths of a page.
      pages += 264 * 256 * load / 288
      let state = DatabaseState(
        bytes: (Int64(pages / 100) + unused) * Recording.pageSize,
        connections: 6 + sessions + Int64(load) / 20)
      database.append(Scrape(time: time, state: state))
    }
  }
}
