import Foundation

extension GateScene {
  private static func beside(_ name: String, _ text: String) -> @Sendable (Workspace) throws -> Void
  {
    { try $0.scene(["a.prom": Workspace.text(Workspace.healthy), name: text]) }
  }

  private static func answer(_ more: String) -> @Sendable (Workspace) throws -> Void {
    { workspace in
      let series = Workspace.healthy.map { series, value in
        let code = series.contains("ok") ? "ok" : "failed"
        let points = (0...1152).map {
          "[\(Workspace.end - Int64(1152 - $0) * 600),\"\(value($0) ?? 0)\"]"
        }
        return
          "{\"metric\":{\"__name__\":\"orders_total\",\"code\":\"\(code)\"},\"values\":[\(points.joined(separator: ","))]}"
      }
      try workspace.scene([
        "a.json":
          "{\"status\":\"success\"\(more),\"data\":{\"resultType\":\"matrix\",\"result\":[\(series.joined(separator: ","))]}}"
      ])
    }
  }

  /// Collects the healthy week and then changes the folder.
  private static func afterwards(_ line: String) -> @Sendable (Workspace) throws -> Void {
    {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.run("collect", "--as-of", Workspace.asOf)
      try $0.shell(line)
    }
  }

  static let files: [GateScene] = [
    GateScene("an empty file beside a good one", 3, beside("b.prom", "")),
    GateScene("an empty file with a stamp in the window", 3, beside("b-20261016T000000Z.prom", "")),
    GateScene(
      "a sign-in page saved as a snapshot", 3,
      beside("b.prom", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n")),
    GateScene("a text in another character set", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.write(Data("x{a=\"M".utf8) + [0xFC] + Data("ll\"} 1\n".utf8), to: "m/b.prom")
    },
    GateScene("a file with a NUL", 3, beside("b.prom", "orders_total{code=\"ok\"} 1\u{0} 1\n")),
    GateScene("OpenMetrics without its end", 3, beside("b.om", "# TYPE x counter\nx_total 1 1\n")),
    GateScene(
      "an error of the API saved as an answer", 3,
      beside("b.json", #"{"status":"error","errorType":"timeout","error":"query timed out"}"#)),
    GateScene("a partial answer", 3, answer(",\"isPartial\":true")),
    GateScene("an answer with warnings", 3, answer(",\"warnings\":[\"store is down\"]")),
    GateScene(
      "an answer with an error beside its data", 3, answer(",\"error\":\"one shard failed\"")),
    GateScene("an answer cut short", 3) { workspace in
      try answer("")(workspace)
      try workspace.shell("truncate -s -2000 m/a.json")
    },
    GateScene("gzip cut short", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.shell("gzip m/a.prom && truncate -s -100 m/a.prom.gz")
    },
    GateScene("gzip with a wrong checksum", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.shell(
        "gzip m/a.prom && size=$(stat -c %s m/a.prom.gz) && printf 'xxxx' | dd of=m/a.prom.gz bs=1 seek=$((size - 8)) conv=notrunc status=none"
      )
    },
    GateScene("a broken symbolic link", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.shell("ln -s nowhere.prom m/b.prom")
    },
    GateScene("a pipe named as a snapshot", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.shell("mkfifo m/b.prom")
    },
    GateScene("a folder with chunks, but without meta.json", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.shell("mkdir -p m/01HABC/chunks && touch m/01HABC/index m/01HABC/chunks/000001")
    },
    GateScene("a file that was good, then cut", 3, afterwards("truncate -s -7 m/a.prom")),
    GateScene("a file that was good, then emptied", 3, afterwards(": > m/a.prom")),
    GateScene(
      "a file that was good, then overwritten by an error", 3,
      afterwards("echo 'upstream connect error' > m/a.prom")),
    GateScene("the newest of two files is damaged", 3) {
      try $0.scene([
        "a.prom": Workspace.text(until: Workspace.end - 43_200, Workspace.healthy),
        "b.prom": "orders_total{code=\"ok\"} 9e",
      ])
    },
    GateScene("a damaged file, asked for without collecting", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy), "b.prom": ""])
      try $0.run("collect", "--as-of", Workspace.asOf)
    },
    GateScene("a pattern that matches nothing", 3) { try $0.configure() },
    GateScene("a source that was never collected", 3) { workspace in
      try workspace.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try workspace.run("collect", "--as-of", Workspace.asOf)
      try workspace.configure(
        Workspace.ratio.replacing("source: m", with: "source: n"),
        source: "files: \"m/*\" }, n: { files: \"n/*\"")
    },
    GateScene("samples of Prometheus text that are not numbers", 3) {
      let text = Workspace.text(Workspace.healthy)
      try $0.scene(["a.prom": text.replacing("\"ok\"} 10000 ", with: "\"ok\"} NaN ")])
    },
    GateScene("a counter that is negative", 3) {
      try $0.scene([
        "a.prom": Workspace.text([
          ("orders_total{code=\"ok\"}", { 10 * $0 }),
          ("orders_total{code=\"failed\"}", { $0 == 600 ? -5 : $0 / 50 }),
        ])
      ])
    },
    GateScene("times in seconds where milliseconds belong", 3) {
      try $0.scene([
        "a.prom": Workspace.text(Workspace.healthy).replacing("000\n", with: "\n")
      ])
    },
    // Healthy.
    GateScene("a good file", 0) { try $0.scene(["a.prom": Workspace.text(Workspace.healthy)]) },
    GateScene(
      "an empty file with a stamp of a year ago", 0, beside("b-20251016T000000Z.prom", "")),
    GateScene("a damaged file that was mended", 0) {
      try $0.scene(["a.prom": ""])
      try $0.run("collect", "--as-of", Workspace.asOf)
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
    },
    GateScene("a damaged file that is gone", 0) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy), "b.prom": ""])
      try $0.run("collect", "--as-of", Workspace.asOf)
      try $0.shell("rm m/b.prom")
    },
    GateScene(
      "a whole answer, with a remark on the query", 0, answer(",\"infos\":[\"PromQL info: x\"]")),
  ]
}
