import Model

private let hour: Int64 = 3600

extension Life {
  static let faulty: [Life] = [
    Life(name: "a plain outage", exit: 1) {
      $0.steady(4) { $0.failing = { 50 * hour < $0 && $0 < 50 * hour + 3600 ? 0.7 : 0.001 } }
    },
    Life(name: "errors at the start of every pod", exit: 1) { scene in
      let interval = scene.interval
      for pod in 0..<Int64(4) {
        for life in 0..<Int64(18) {
          let from = life * 4 * hour + pod * 300
          var process = LifeScene.Process(
            labels: ["namespace": "shop", "pod": "p\(pod)-\(life)"], from: from,
            to: from + 4 * hour)
          process.share = { _ in 0.25 }
          // Within the first reading, or soon after it.
          process.failing = { $0 < from + max(100, interval) ? 0.9 : 0.001 }
          scene.run(process)
        }
      }
    },
    Life(name: "a crash loop shorter than the interval", exit: 1) { scene in
      scene.steady(3, of: 4)
      var process = LifeScene.Process(labels: ["job": "api", "instance": "loops"])
      process.share = { _ in 0.25 }
      process.failing = { $0 < 60 * hour ? 0.001 : 0.6 }
      process.restarts = Array(
        stride(from: 60 * hour, to: LifeScene.end, by: Int(max(10, scene.interval * 7 / 10))))
      scene.run(process)
    },
    Life(name: "failures after every hourly restart", exit: 1) {
      $0.steady(3) { process in
        process.restarts = Array(stride(from: hour, to: LifeScene.end, by: Int(hour)))
        process.failing = { $0 % hour < 120 ? 0.5 : 0 }
      }
    },
    Life(name: "the failed series gone everywhere", exit: 3) {
      $0.steady(4) { $0.lacks = { $0 == "failed" && $1 > 60 * hour } }
    },
    Life(name: "the failed series gone at one of four", exit: 3) {
      $0.steady(3, of: 4)
      $0.steady(1, of: 4) { process in
        process.labels["instance"] = "bad"
        process.lacks = { $0 == "failed" && $1 > 60 * hour }
      }
    },
    Life(name: "files that are cut above the failed series", exit: 3, origin: ["file"]) {
      $0.steady(2) { process in
        process.labels["file"] = process.labels["instance"]
        process.lacks = { $0 == "failed" && $1 > 60 * hour }
      }
    },
    Life(name: "the failed series gone in both copies", exit: 3) {
      for replica in ["a", "b"] {
        $0.steady(2) { process in
          process.labels["prometheus_replica"] = replica
          process.lacks = { $0 == "failed" && $1 > 60 * hour }
        }
      }
    },
    Life(name: "the failed series gone, without labels", exit: 3) {
      $0.steady(1) { process in
        process.labels = [:]
        process.lacks = { $0 == "failed" && $1 > 60 * hour }
      }
    },
    goneWhileFailing(2), goneWhileFailing(4), goneWhileFailing(10),
    Life(name: "a healthy one of four gone", exit: 3) {
      $0.steady(3, of: 4)
      $0.steady(1, of: 4) {
        $0.labels["instance"] = "gone"; $0.to = 60 * hour
      }
    },
    Life(name: "a histogram, one of four gone", exit: 3, form: .histogram) {
      $0.steady(4) { process in
        process.form = .histogram
        process.isEager = true
        if process.labels["instance"] == "s3" { process.to = 60 * hour }
      }
    },
    Life(name: "a region gone", exit: 3) {
      for region in ["a", "b"] {
        $0.steady(3, of: 6) { process in
          process.labels["region"] = region
          process.labels["instance"]? += region
          if region == "b" { process.to = 60 * hour }
        }
      }
    },
    Life(name: "discovery broken", exit: 3) {
      $0.steady(10) { process in
        if !["s0", "s1"].contains(process.labels["instance"]) { process.to = 60 * hour }
      }
    },
    Life(name: "up is 0, and nothing is read", exit: 3) {
      $0.steady(2, of: 3)
      $0.steady(1, of: 3) { process in
        process.labels["instance"] = "hangs"
        process.isUnread = { $0 > 60 * hour }
      }
    },
    Life(name: "a source gone", exit: 3, origin: ["dc"]) {
      for (dc, count) in [("a", 8), ("b", 1)] {
        $0.steady(count, of: 9) { process in
          process.labels["dc"] = dc
          if dc == "b" { process.to = 60 * hour }
        }
      }
    },
    Life(name: "a file gone", exit: 3, origin: ["instance"]) {
      $0.steady(10) { if $0.labels["instance"] == "s4" { $0.to = 60 * hour } }
    },
    Life(name: "overloaded and unread for two and a half hours", exit: 3) {
      $0.steady(2) { process in
        guard process.labels["instance"] == "s1" else { return }
        process.restarts = [62 * hour + 1800]
        process.isUnread = { 60 * hour < $0 && $0 < 62 * hour + 1800 }
      }
    },
    Life(name: "thousands of first failures at once", exit: 3) { scene in
      let many = (scene.rate * 9000).rounded()
      scene.steady(3) { process in
        process.failing = { _ in 0 }
        guard process.labels["instance"] == "s1" else { return }
        process.before = (0, many)
        process.lacks = { $0 == "failed" && $1 < 60 * hour }
      }
    },
    Life(name: "a filter lifted", exit: 3) { scene in
      let many = (scene.rate * 2000).rounded()
      scene.steady(4) { process in
        process.before = (many * 40, many)
        process.lacks = { $0 == "failed" && $1 < 60 * hour }
      }
    },
    Life(
      name: "the failed label lost in the deployment that breaks", exit: 3,
      left: [
        (
          Set(Setting.all), 0,
          "a counter that is gone after a restart is one that counted nothing yet"
        )
      ]
    ) {
      $0.steady(4) { process in
        process.restarts = [60 * hour]
        process.lacks = { $0 == "failed" && $1 > 60 * hour }
      }
    },
    Life(
      name: "a failing one gone as another is added", exit: 3,
      left: [(Set(Setting.all), 0, "the new one is taken for its successor")]
    ) {
      $0.steady(3, of: 4)
      $0.steady(1, of: 4) { process in
        process.labels["instance"] = "fails"
        process.failing = { $0 > 59 * hour ? 0.6 : 0.001 }
        process.to = 60 * hour
      }
      $0.steady(1, of: 4) { process in
        process.labels["instance"] = "added"
        process.from = 60 * hour + 600
      }
    },
  ]

  private static func goneWhileFailing(_ count: Int) -> Life {
    Life(name: "a failing one of \(count) gone", exit: 3) {
      $0.steady(count) { process in
        guard process.labels["instance"] == "s1" else { return }
        process.failing = { $0 > 59 * hour ? 0.6 : 0.001 }
        process.to = 60 * hour
      }
    }
  }
}
