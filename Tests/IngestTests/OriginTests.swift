import Foundation
import Model
import Testing

@testable import Ingest

@Suite("Labels that a source declares")
struct OriginTests {
  static let time: Int64 = 1_795_226_173

  /// The series of all files of a source, as text.
  func series(
    _ folder: Folder, _ pattern: String, labels: [Label] = [], wanted: [(String, [String: String])]
  ) throws -> [String] {
    let source = SnapshotSource(
      name: "m", pattern: pattern, root: folder.path, timeFromModification: false, labels: labels)
    var found: [String] = []
    let failures = try source.pull(
      wanted: wanted.map { name, labels in
        Selector(
          source: source.feed, name: name,
          matchers: labels.map { .init(label: $0.key, condition: .equal($0.value)) })
      }, marks: []
    ) { _, produce in
      try produce { batch in
        #expect(batch.source == source.feed)
        found += batch.series.map(\.id.text)
      }
    }
    #expect(failures.isEmpty)
    return found
  }

  @Test(
    "a name stands for the longest run without a slash",
    arguments: [
      ("m/{instance}-*.prom", "m/web1-20261012T000000Z.prom", ["instance=web1"]),
      ("m/{instance}-*.prom", "m/web-a-20261012T000000Z.prom", ["instance=web-a"]),
      ("*/{instance}.prom", "prod/web1.prom", ["instance=web1"]),
      ("{env}/{instance}-*", "prod/web1-x.prom", ["env=prod", "instance=web1"]),
      ("{env}-{instance}.prom", "a-b-c.prom", ["env=a-b", "instance=c"]),
      ("*-{x}.prom", "a-b-c.prom", ["x=b-c"]),
      ("{env}", "prod/deep/x.prom", ["env=prod"]),
      ("/{env}/*.prom", "/prod/x.prom", ["env=prod"]),
      ("[ab]{x}?.prom", "bcd.prom", ["x=c"]),
      (#"\{a}{x}.prom"#, "{a}b.prom", ["x=b"]),
      ("m/*.prom", "m/web1.prom", []),
    ])
  func longestRun(pattern: String, path: String, labels: [String]) {
    let found = FilePattern(pattern: pattern, root: "").labels(of: path).map {
      "\(String(decoding: $0.name, as: UTF8.self))=\(String(decoding: $0.value, as: UTF8.self))"
    }
    #expect(found == labels)
  }

  @Test("every format gives its series the labels of its file, and selectors see them")
  func everyFormat() throws {
    let folder = try Folder()
    let seconds = OriginTests.time
    try folder.write("a-1.prom", "x{env=\"own\"} 1 \(seconds)000\n")
    try folder.write("b-1.om", "# TYPE x unknown\nx 1 \(seconds)\n# EOF\n")
    try folder.write("c-1.csv", "time,metric,value,code\n\(seconds),x,1,200\n")
    try folder.write("d-1.csv", "time,x\n\(seconds),1\n")
    try folder.write(
      "e-1.json",
      #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"x"},"value":["#
        + "\(seconds),\"1\"]}]}}")
    try folder.write("f-1.csv", "bucket,good,total,env\n\(seconds),1,2,own\n")
    try folder.write("g-1.csv", "at,up,env,note\n\(seconds),1,own,fine\n")
    try folder.write("h-1.prom", "x 1 \(seconds)000\n")
    let labels = [Label("env", "prod")]
    #expect(
      try series(folder, "{host}-1.*", labels: labels, wanted: [("x", ["env": "prod"])]) == [
        #"x{env="prod",exported_env="own",host="a"}"#, #"x{env="prod",host="b"}"#,
        #"x{code="200",env="prod",host="c"}"#, #"x{env="prod",host="d"}"#,
        #"x{env="prod",host="e"}"#, #"x{env="prod",host="h"}"#,
      ])
    #expect(
      try series(folder, "{host}-1.*", labels: labels, wanted: [("x", ["host": "b"])])
        == [#"x{env="prod",host="b"}"#])
    #expect(
      try series(folder, "f{n}1.csv", labels: labels, wanted: [("", ["exported_env": "own"])]) == [
        #"{column="good",env="prod",exported_env="own",n="-"}"#,
        #"{column="total",env="prod",exported_env="own",n="-"}"#,
      ])
    // Of a state's columns only those count that are asked for: the declared one is none of them.
    #expect(
      try series(folder, "g{n}1.csv", labels: labels, wanted: [("", ["env": "prod"])])
        == [#"{env="prod",n="-"}"#])
    #expect(
      try series(folder, "g{n}1.csv", labels: labels, wanted: [("", ["exported_env": "own"])])
        == [#"{env="prod",exported_env="own",n="-"}"#])
  }

  @Test("Thanos' labels of a block are labels of its series, under those that the source declares")
  func thanos() throws {
    let folder = try Folder()
    var image = BlockBuilder.small(version: 2).image
    image.files[.meta] = Array(
      #"""
      {"version":1,"minTime":1790000000000,"maxTime":1790007200000,"labels":{"no":"1"},"thanos":{
        "labels":{"x":"own\u00e9\"\\","replica":"a","empty":""},"downsample":{"resolution":0}}}
      """#.utf8)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/prod/01M7XYEXWFV6MYHHN54S7BKP5A/chunks",
      withIntermediateDirectories: true)
    for file in BlockImage.File.allCases {
      try folder.write(
        "prod/01M7XYEXWFV6MYHHN54S7BKP5A/" + file.path, image.files[file] ?? [])
    }
    #expect(
      try series(
        folder, "{env}", labels: [Label("replica", "b")],
        wanted: [("a", ["env": "prod", "replica": "b"]), ("h_count", ["exported_replica": "a"])]
      ).sorted() == [
        #"a{env="prod",exported_replica="a",exported_x="é",replica="b",x="owné"\"}"#,
        #"h_count{env="prod",exported_replica="a",f="1",replica="b",x="owné"\"}"#,
        #"h_count{env="prod",exported_replica="a",replica="b",x="owné"\"}"#,
      ])
  }
}
