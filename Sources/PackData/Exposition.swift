/// The scrapes of one week as OpenMetrics 1.0 text: family by family, series by series, rising in time.
struct Exposition {
  private(set) var text: [UInt8] = []

  init(
    scheduler: ArraySlice<Scrape<SchedulerState>>, admin: ArraySlice<Scrape<AdminState>>,
    database: ArraySlice<Scrape<DatabaseState>>
  ) {
    text.reserveCapacity(6_000_000)
    let states = scheduler.compactMap { scrape in
      scrape.state.map { (time: Exposition.seconds(scrape.time), state: $0) }
    }
    let adminStates = admin.compactMap { scrape in
      scrape.state.map { (time: Exposition.seconds(scrape.time), state: $0) }
    }

    func series(_ name: String, _ value: (SchedulerState) -> Int64) {
      for (time, state) in states { line(name, "\(value(state))", time) }
    }
    func seriesByProvider(_ name: String, _ values: (SchedulerState) -> [Int64]) {
      for (index, provider) in Run.providers.enumerated() {
        series("\(name){provider=\"\(provider)\"}") { values($0)[index] }
      }
    }

    family("pricing_scheduled_sync_runs", "counter", "Scheduled syncs that ended, by status.")
    series("pricing_scheduled_sync_runs_total{status=\"success\"}") { $0.succeeded }
    series("pricing_scheduled_sync_runs_total{status=\"failed\"}") { $0.failed }

    family("pricing_manual_sync_runs", "counter", "Syncs that were started by hand.")
    series("pricing_manual_sync_runs_total") { $0.byHand }

    let duration = "pricing_scheduled_sync_duration_seconds"
    family(duration, "histogram", "Time a scheduled sync took.", unit: "seconds")
    let buckets = (SchedulerState.bounds.map { "\($0).0" } + ["+Inf"])
      .map { "\(duration)_bucket{le=\"\($0)\"}" }
    for (time, state) in states {
      for (bucket, count) in zip(buckets, state.buckets) { line(bucket, "\(count)", time) }
      line("\(duration)_count", "\(state.succeeded + state.failed)", time)
      line("\(duration)_sum", Exposition.seconds(state.durationMilliseconds), time)
    }

    family(
      "pricing_last_sync_timestamp", "gauge",
      "Unix time of a provider's last good sync, 0 for none.")
    seriesByProvider("pricing_last_sync_timestamp") { $0.lastSync }

    family("pricing_models_synced", "counter", "Models that were written, by provider.")
    seriesByProvider("pricing_models_synced_total") { $0.models }

    family("pricing_provider_errors", "counter", "Requests to a provider that failed.")
    for (index, provider) in Run.providers.enumerated() {
      let name = "pricing_provider_errors_total{provider=\"\(provider)\",error_type="
      series(name + "\"timeout\"}") { $0.timeouts[index] }
      series(name + "\"http_5xx\"}") { $0.refusals[index] }
    }

    family("pricing_provider_quota_used", "gauge", "Models asked of a provider since midnight UTC.")
    seriesByProvider("pricing_provider_quota_used") { $0.asked }

    family("pricing_provider_quota_limit", "gauge", "Models a provider answers for in a day.")
    seriesByProvider("pricing_provider_quota_limit") { _ in Run.quotas }

    family("pricing_scheduler_enabled", "gauge", "1 while the scheduler is switched on.")
    series("pricing_scheduler_enabled") { $0.enabled }

    let memory = "process_resident_memory_bytes"
    family(memory, "gauge", "Resident memory of the process.", unit: "bytes")
    series(memory + "{job=\"pricing-scheduler\"}") { $0.memory }
    for (time, state) in adminStates {
      line(memory + "{job=\"pricing-admin\"}", "\(state.memory)", time)
    }

    let started = "process_start_time_seconds"
    family(started, "gauge", "Unix time at which the process started.", unit: "seconds")
    series(started + "{job=\"pricing-scheduler\"}") { $0.started / 1000 }
    for (time, state) in adminStates {
      line(started + "{job=\"pricing-admin\"}", "\(state.started / 1000)", time)
    }

    let size = "pg_database_size_bytes"
    family(size, "gauge", "Size of the database.", unit: "bytes")
    let databaseStates = database.compactMap { scrape in
      scrape.state.map { (time: Exposition.seconds(scrape.time), state: $0) }
    }
    for (time, state) in databaseStates {
      line(size + "{datname=\"pricing\"}", "\(state.bytes)", time)
    }
    family("pg_stat_activity_count", "gauge", "Connections of the database.")
    for (time, state) in databaseStates {
      line("pg_stat_activity_count{datname=\"pricing\"}", "\(state.connections)", time)
    }
    family("pg_settings_max_connections", "gauge", "Connections that the server accepts.")
    for (time, _) in databaseStates {
      line("pg_settings_max_connections", "\(DatabaseState.maxConnections)", time)
    }

    family("up", "gauge", "1 when the scrape succeeded.")
    for scrape in scheduler {
      let value = scrape.state == nil ? "0" : "1"
      line("up{job=\"pricing-scheduler\"}", value, Exposition.seconds(scrape.time))
    }
    for scrape in admin {
      let value = scrape.state == nil ? "0" : "1"
      line("up{job=\"pricing-admin\"}", value, Exposition.seconds(scrape.time))
    }
    add("# EOF\n")
  }

  private mutating func family(_ name: String, _ type: String, _ help: String, unit: String? = nil)
  {
    add("# TYPE \(name) \(type)\n")
    if let unit { add("# UNIT \(name) \(unit)\n") }
    add("# HELP \(name) \(help)\n")
  }

  private mutating func line(_ series: String, _ value: String, _ time: String) {
    add(series)
    add(" ")
    add(value)
    add(" ")
    add(time)
    add("\n")
  }

  private mutating func add(_ piece: String) { text.append(contentsOf: piece.utf8) }

  /// Milliseconds as seconds with three decimals, exactly.
  private static func seconds(_ milliseconds: Int64) -> String {
    let fraction = "\(milliseconds % 1000)"
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
