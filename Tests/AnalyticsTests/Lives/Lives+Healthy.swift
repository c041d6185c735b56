import Model

private let hour: Int64 = 3600
private let day: Int64 = 86_400

/// Pods of one deployment after another: names, from when and up to when.
private func generations(
  _ starts: [Int64], pods: Int, apart: Int64 = 90, overlap: Int64 = 20
) -> [(name: String, from: Int64, to: Int64)] {
  starts.indices.flatMap { generation in
    (0..<pods).map { pod in
      let delay = Int64(pod) * apart
      let from = generation == 0 ? 0 : starts[generation] + delay
      let to =
        generation + 1 < starts.count ? starts[generation + 1] + delay + overlap : LifeScene.end
      return ("api-\(generation)-\(pod)", from, to)
    }
  }
}

extension LifeScene {
  fileprivate mutating func pods(
    _ all: [(name: String, from: Int64, to: Int64)], share: Double,
    _ change: (inout Process) -> Void = { _ in }
  ) {
    for pod in all {
      var process = Process(
        labels: ["namespace": "shop", "pod": pod.name], from: pod.from, to: pod.to)
      process.share = { _ in share }
      change(&process)
      run(process)
    }
  }

  /// As many pods as there is work for; each has the same part of it.
  fileprivate mutating func scaled(
    _ spans: [(from: Int64, to: Int64)], _ load: @escaping (Int64) -> Double
  ) {
    for (number, span) in spans.enumerated() {
      var process = Process(
        labels: ["namespace": "shop", "pod": "w\(number)"], from: span.from, to: span.to)
      process.share = { time in
        let alive = spans.count { $0.from <= time && time < $0.to }
        return load(time) / Double(max(1, alive))
      }
      run(process)
    }
  }
}

extension Life {
  static let healthy: [Life] = [
    Life(name: "nothing happens", exit: 0) { $0.steady(4) },
    Life(name: "rolling deployments", exit: 0) {
      $0.pods(generations([0, 9, 20, 33, 50, 66].map { $0 * hour }, pods: 4), share: 0.25)
    },
    Life(name: "deployments that recreate", exit: 0) {
      $0.pods(
        generations([0, 20, 44, 66].map { $0 * hour }, pods: 3, apart: 0, overlap: -90),
        share: 0.33)
    },
    Life(name: "deployments with a surge", exit: 0) {
      $0.pods(generations([0, 20, 44].map { $0 * hour }, pods: 4, overlap: 600), share: 0.25)
    },
    Life(name: "deployments that drain", exit: 0) {
      $0.pods(generations([0, 20, 44, 60].map { $0 * hour }, pods: 4, overlap: 400), share: 0.25) {
        let end = $0.to
        $0.share = { $0 > end - 380 ? 0 : 0.25 }
      }
    },
    Life(name: "restarts in place, one after the other", exit: 0) {
      var delay: Int64 = 0
      $0.steady(4) { process in
        process.restarts = [15, 40, 61].map { $0 * hour + delay }
        delay += 120
      }
    },
    Life(name: "autoscaling 3 to 10", exit: 0) {
      var spans: [(from: Int64, to: Int64)] = Array(repeating: (0, LifeScene.end), count: 3)
      for start: Int64 in [0, day, day + day] {
        for step in 0..<Int64(7) {
          let (up, down): (Int64, Int64) = (start + 8 * hour, start + 20 * hour)
          spans.append((from: up + step * 1200, to: down - step * 1200))
        }
      }
      $0.scaled(spans) { time -> Double in
        let part: Int64 = time % day
        return part > 9 * hour && part < 18 * hour ? 1.0 : 0.3
      }
    },
    Life(name: "autoscaling 8 to 2", exit: 0) {
      var spans = Array(repeating: (from: Int64(0), to: LifeScene.end), count: 2)
      for step in 0..<Int64(6) { spans.append((0, 2 * day + step * 900)) }
      $0.scaled(spans) { $0 < 2 * day - hour ? 1 : 0.25 }
    },
    Life(name: "a quiet weekend", exit: 0) {
      $0.steady(4) { $0.share = { $0 < day ? 0.25 : 0.002 } }
    },
    Life(name: "quiet nights", exit: 0) {
      $0.steady(4) { $0.share = { $0 % day < 6 * hour ? 0 : 0.25 } }
    },
    Life(name: "restarts every six hours", exit: 0) {
      $0.steady(3) {
        $0.restarts = Array(stride(from: hour, to: LifeScene.end, by: Int(6 * hour)))
      }
    },
    Life(name: "one in a crash loop, without failures", exit: 0) {
      $0.steady(3, of: 4)
      var process = LifeScene.Process(labels: ["job": "api", "instance": "loops"])
      process.share = { _ in 0.02 }
      process.restarts = Array(stride(from: 2 * day, to: LifeScene.end, by: 420))
      $0.run(process)
    },
    Life(name: "versions as a label", exit: 0) {
      $0.steady(3) { process in
        process.restarts = [30 * hour, 55 * hour]
        process.relabels = [(Int64(0), "1"), (30 * hour, "2"), (55 * hour, "3")].map {
          [labels = process.labels] at, version in
          (at, labels.merging(["version": version]) { $1 })
        }
      }
    },
    Life(name: "paths as a label, one gone with a restart", exit: 0) {
      for path in ["/a", "/b", "/c"] {
        $0.steady(2, of: 6) { process in
          process.labels["path"] = path
          process.restarts = [40 * hour]
          if path == "/c" { process.to = 40 * hour - 1 }
        }
      }
    },
    Life(name: "a new path", exit: 0) {
      for path in ["/a", "/new"] {
        $0.steady(2, of: 4) { process in
          process.labels["path"] = path
          if path == "/new" { process.from = 40 * hour }
        }
      }
    },
    Life(name: "a replica of Prometheus ends", exit: 0) {
      $0.steady(2) { $0.labels["prometheus_replica"] = "a" }
      $0.copy("prometheus_replica", as: "b", to: 50 * hour)
    },
    Life(name: "blue and green", exit: 0) {
      for (colour, from, to) in [
        ("blue", Int64(0), 41 * hour), ("green", 39 * hour, LifeScene.end),
      ] {
        $0.pods((0..<3).map { ("\(colour)-\($0)", from, to) }, share: 0) { process in
          process.share = { ($0 < 40 * hour) == (colour == "blue") ? 0.33 : 0 }
        }
      }
    },
    Life(name: "a node is drained", exit: 0) {
      $0.pods((0..<7).map { ("stays-\($0)", 0, LifeScene.end) }, share: 0.1)
      $0.pods((0..<3).map { ("moves-\($0)", 0, 40 * hour) }, share: 0.1)
      $0.pods((0..<3).map { ("moved-\($0)", 40 * hour + 70, LifeScene.end) }, share: 0.1)
    },
    Life(name: "spot instances", exit: 0) {
      $0.pods((0..<5).map { ("stays-\($0)", 0, LifeScene.end) }, share: 0.16)
      $0.pods(
        (0..<24).map { ("spot-\($0)", Int64($0) * 3 * hour + 130, Int64($0 + 1) * 3 * hour) },
        share: 0.16)
    },
    Life(name: "federation, each counter at its own time", exit: 0) {
      $0.steady(3) { process in
        process.restarts = [40 * hour]
        process.apart = 4
      }
    },
    Life(name: "missed scrapes", exit: 0) {
      var number: UInt64 = 0
      $0.steady(3) { process in
        process.isUnread = { _ in
          number &+= 0x9E37_79B9_7F4A_7C15
          return (number ^ (number >> 29)) &* 0xBF58_476D_1CE4_E5B9 >> 40 % 33 == 0
        }
      }
    },
    Life(name: "a first failure after two days", exit: 0) {
      $0.steady(3) { $0.failing = { $0 < 2 * day ? 0 : 0.003 } }
    },
    Life(name: "a canary, rolled back", exit: 0) {
      $0.steady(4)
      $0.pods([("canary", 40 * hour, 41 * hour)], share: 0.04) { $0.failing = { _ in 0.03 } }
    },
    Life(name: "10 become 7", exit: 0) {
      $0.scaled(
        (0..<10).map { (0, $0 < 3 ? 50 * hour + Int64($0) * 120 : LifeScene.end) }, { _ in 1 })
    },
    Life(name: "10 become 4", exit: 0) {
      $0.scaled(
        (0..<10).map { (0, $0 < 6 ? 50 * hour + Int64($0) * 60 : LifeScene.end) }, { _ in 1 })
    },
    Life(name: "maintenance of 12 minutes", exit: 0) {
      $0.steady(3) { process in
        process.restarts = [50 * hour + 710]
        process.isUnread = { 50 * hour < $0 && $0 < 50 * hour + 720 }
      }
    },
    Life(name: "a machine restarts in 12 minutes", exit: 0) {
      $0.steady(2, of: 3)
      $0.steady(1, of: 3) { process in
        process.labels["instance"] = "vm"
        process.restarts = [50 * hour + 720]
        process.isUnread = { 50 * hour < $0 && $0 < 50 * hour + 720 }
      }
    },
    Life(name: "counters of 32 bits wrap", exit: 0) {
      $0.steady(2) { process in
        process.wraps = 4_294_967_296
        process.before = (4_294_967_000, 30)
      }
    },
    Life(name: "another region takes over", exit: 0) {
      for (region, isOld) in [("a", true), ("b", false)] {
        $0.steady(3) { process in
          process.labels["region"] = region
          process.labels["instance"]? += region
          process.share = { ($0 < 50 * hour) == isOld ? 0.32 : 0.01 }
          if isOld { process.to = 51 * hour }
        }
      }
    },
    Life(name: "idle counters expire and come back", exit: 0) {
      $0.steady(3) { process in
        process.expiry = 5 * 60
        process.failing = { ($0 / hour) % 3 == 0 ? 0.003 : 0 }
      }
    },
    Life(name: "a label is added to all", exit: 0) {
      $0.steady(3) { process in
        process.relabels = [(40 * hour, process.labels.merging(["team": "shop"]) { $1 })]
      }
    },
    Life(name: "one series is renamed", exit: 0) {
      for path in ["/a", "/b"] {
        $0.steady(2, of: 4) { process in
          process.labels["path"] = path
          if path == "/b" {
            process.relabels = [(40 * hour, process.labels.merging(["path": "/renamed"]) { $1 })]
          }
        }
      }
    },
    Life(name: "an old server is found", exit: 0) {
      $0.steady(3, of: 4)
      var process = LifeScene.Process(labels: ["job": "api", "instance": "old"], from: 40 * hour)
      process.share = { _ in 0.25 }
      process.before = (1_000_000, 900)
      $0.run(process)
    },
    Life(name: "an old server with few failures is found", exit: 0) {
      $0.steady(3, of: 4)
      var process = LifeScene.Process(labels: ["job": "api", "instance": "old"], from: 40 * hour)
      process.share = { _ in 0.25 }
      process.before = (1_000_000, 12)
      $0.run(process)
    },
    Life(name: "pods of a set restart under their names", exit: 0) {
      var delay: Int64 = 0
      $0.steady(3) { process in
        let at = 50 * hour + delay
        process.restarts = [at + 60]
        process.isUnread = { at < $0 && $0 < at + 60 }
        delay += 100
      }
    },
    Life(name: "hosts without instances restart", exit: 0) {
      for host in ["a", "b", "c"] {
        var process = LifeScene.Process(labels: ["host": host])
        process.share = { _ in 0.33 }
        process.restarts = [50 * hour]
        $0.run(process)
      }
    },
    Life(name: "a histogram, deployed twice", exit: 0, form: .histogram) {
      $0.pods(generations([0, 20, 44].map { $0 * hour }, pods: 3), share: 0.33) {
        $0.form = .histogram
        $0.isEager = true
      }
    },
    Life(name: "two counters, restarted", exit: 0, form: .separate) {
      $0.steady(3) { process in
        process.form = .separate
        process.isEager = true
        process.restarts = [20 * hour, 50 * hour]
      }
    },
    Life(name: "queue workers scaled in", exit: 0) {
      $0.scaled(
        (0..<6).map { (0, $0 < 3 ? 50 * hour + Int64($0) * 200 : LifeScene.end) }
      ) { $0 < 50 * hour - 1200 ? 1 : 0.4 }
    },
    Life(name: "one of two services is shut down", exit: 0) {
      $0.steady(2, of: 4)
      $0.steady(2, of: 4) { process in
        process.labels["job"] = "old"
        process.to = 50 * hour
      }
    },
    Life(name: "a failed member of a Pushgateway group comes and goes", exit: 0) {
      $0.steady(1) { process in
        process.labels = ["job": "batch"]
        process.failing = { $0 % (8 * hour) < hour ? 0.004 : 0 }
        process.lacks = { name, time in name == "failed" && time % (8 * hour) > hour }
        process.restarts = []
      }
    },
    Life(name: "a failing label is removed", exit: 0) {
      $0.steady(1, of: 1) {
        $0.to = LifeScene.end; $0.lacks = { $0 == "failed" && $1 > 50 * hour }
      }
    },
  ]
}
