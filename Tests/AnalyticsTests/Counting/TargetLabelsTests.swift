import Model
import Testing

@testable import Analytics

@Suite("The target of a series")
struct TargetLabelsTests {
  private func text(_ labels: [String: String], _ target: TargetLabels = TargetLabels()) -> String {
    let labels = labels.map { Label($0.key, $0.value) }
    return target.key(of: SeriesID(source: "m", name: "x", labels: labels)).text
  }

  @Test(
    "is named by the first labels of the rule that are there",
    arguments: [
      (["job": "a", "instance": "b", "pod": "p", "host": "h"], #"{instance="b",job="a"}"#),
      (["job": "a", "instance": "", "pod": "p"], #"{pod="p"}"#),
      (
        ["namespace": "n", "pod": "p", "container": "c", "code": "1"],
        #"{container="c",namespace="n",pod="p"}"#
      ),
      (["job": "a", "node": "n", "host": "h"], #"{host="h",job="a"}"#),
      (["server": "s"], #"{server="s"}"#),
      (["job": "a", "service": "s"], #"{job="a"}"#),
      (["code": "1"], ""),
    ])
  func rule(labels: [String: String], expected: String) {
    #expect(text(labels) == expected)
  }

  @Test("is that of its origin, too, and a source can name other labels")
  func declared() {
    let labels = ["job": "a", "instance": "b", "file": "f", "zone": "z"]
    #expect(
      text(labels, TargetLabels(origin: ["file"])) == #"{file="f",instance="b",job="a"}"#)
    #expect(text(labels, TargetLabels(names: ["zone"])) == #"{zone="z"}"#)
  }

  @Test("is another in a copy, of which the rest is the same")
  func copies() {
    let rule = TargetLabels()
    let keys = ["a", "b"].map { copy in
      rule.key(
        of: SeriesID(
          source: "m", name: "x",
          labels: [Label("instance", "i"), Label("prometheus_replica", copy)]))
    }
    #expect(keys[0] != keys[1])
    #expect(keys[0].own == keys[1].own)
  }
}
