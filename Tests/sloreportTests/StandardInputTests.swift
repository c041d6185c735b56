import Foundation
import TestSupport
import Testing

@Suite("Standard input")
struct StandardInputTests {
  private static let configuration = """
    timezone: Europe/Berlin
    sources:
      metrics: { files: "snapshots/*.om" }
      exports:
        files: "exports/*.csv"
        csv: { delimiter: ";", time: "%d.%m.%Y %H:%M:%S", timezone: Europe/Berlin, columns: { time: Zeit, value: Wert } }
    services:
      shop:
        slos:
          orders:
            objective: 99%
            window: 7d
            ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
          rows:
            objective: 99%
            window: 7d
            slices: { source: metrics, where: {}, at_most: 80 }
          queue:
            objective: 99%
            window: 7d
            slices: { source: exports, where: {}, at_most: 80 }
    """

  /// Collects what comes from `command`, with `input` as a file beside it.
  private func collect(
    _ input: String, _ command: String, in workspace: Workspace
  ) throws -> Program.Outcome {
    try workspace.write(input, to: "input")
    return try workspace.program.shell(command, in: workspace.folder)
  }

  private func workspace() throws -> Workspace {
    try Workspace(configuration: StandardInputTests.configuration)
  }

  @Test(
    "is read as it is or compressed",
    arguments: [
      "$PROGRAM collect --stdin metrics <input", "gzip -c input | $PROGRAM collect --stdin metrics",
    ])
  func reads(command: String) throws {
    let workspace = try workspace()
    let outcome = try collect(Workspace.orders(), command, in: workspace)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
    #expect(outcome.output == "1 file read, 8642 readings, 8642 minutes kept.\n")
    // It is not remembered: the same is read again, and is there once.
    let again = try collect(Workspace.orders(), command, in: workspace)
    #expect(again.output == outcome.output, "\(again)")
    let doctor = try workspace.run("doctor").output
    #expect(doctor.contains("  2 series, 8642 readings"), "\(doctor)")
    #expect(doctor.contains("nothing was collected yet for exports"), "\(doctor)")
  }

  @Test("is a table as the source declares it")
  func declared() throws {
    let workspace = try workspace()
    let table = "Zeit;Wert;host\n18.10.2026 12:00:00;12;a\n18.10.2026 12:01:00;90.5;a\n"
    let outcome = try collect(table, "$PROGRAM collect -v --stdin exports <input", in: workspace)
    #expect(outcome.output.hasSuffix("standard input: 2 read, 2 kept\n"), "\(outcome)")
    #expect(outcome.status == 0)
  }

  struct Bad: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var source = "metrics"
    var filter = "cat input"
    let input: String
    let says: String
  }

  static let bad = [
    Bad(
      testDescription: "cut text", filter: "head -c 3000 input", input: Workspace.orders(days: 1),
      says: ": truncated: the file ends in the middle"),
    Bad(
      testDescription: "cut gzip", filter: "gzip -c input | head -c 1000",
      input: Workspace.orders(days: 1),
      says: "standard input: byte 1000: truncated: the file ends in the middle"),
    Bad(
      testDescription: "a flipped byte of gzip",
      filter:
        "gzip -c input | python3 -c 'import sys; b = bytearray(sys.stdin.buffer.read()); b[-3] ^= 1; "
        + "sys.stdout.buffer.write(b)'", input: Workspace.orders(days: 1),
      says: ": damaged gzip data"),
    Bad(testDescription: "nothing", input: "", says: "standard input: empty\n"),
    Bad(
      testDescription: "something else", input: "hello world\n",
      says: "unknown format; use a known ending (.om, .prom, .csv, .json)"),
    Bad(
      testDescription: "an error",
      input: #"{"status":"error","errorType":"bad_data","error":"no"}"#,
      says: "Prometheus answered with an error (bad_data): no"),
    Bad(
      testDescription: "another answer", input: #"{"status":"success","data":["a","b"]}"#,
      says: "not an answer of Prometheus to `query` or `query_range`"),
    Bad(
      testDescription: "a time that is not as declared", source: "exports",
      input: "Zeit;Wert\n2026-10-18T12:00:00Z;1\n",
      says: "standard input:2:1: the time is not in the format `%d.%m.%Y %H:%M:%S` of `csv:`"),
    Bad(
      testDescription: "a decimal comma", source: "exports",
      input: "Zeit;Wert\n18.10.2026 12:00:00;1.234,5\n",
      says: "standard input:2:2: decimal comma in 1.234,5; write 1234.5"),
    Bad(
      testDescription: "another header", source: "exports", input: "Datum;Wert\n18.10.2026;1\n",
      says: ": missing column Zeit"),
    Bad(
      testDescription: "a local time", input: "time;value\n2026-10-18 12:00:00;1\n",
      says: "standard input:2:1: time without an offset; write it with one"),
    Bad(
      testDescription: "a time of the country", input: "time;value\n18.10.2026 12:00;1\n",
      says: "or declare its format under `csv:`, such as `time: \"%d.%m.%Y %H:%M:%S\"`"),
    Bad(
      testDescription: "rows out of order",
      filter: "{ echo bucket,value; seq -f %.0f,1 1760000000 60 1766000000; echo 1760000000,1; }",
      input: "",
      says:
        "rows out of order in a stream that cannot be read twice; sort them, or use a file"
    ),
  ]

  @Test("that is damaged keeps nothing, says where, and ends with 65", arguments: bad)
  func keepsNothing(bad: Bad) throws {
    let workspace = try workspace()
    let outcome = try collect(
      bad.input, "\(bad.filter) | $PROGRAM collect --stdin \(bad.source)", in: workspace)
    #expect(outcome.status == 65 && outcome.output.isEmpty, "\(outcome)")
    #expect(
      outcome.errors.hasPrefix("sloreport: source \(bad.source): ")
        && outcome.errors.contains(bad.says), "\(outcome)")
    let doctor = try workspace.run("doctor")
    #expect(
      !doctor.output.contains("data metrics") && !doctor.output.contains("data exports"),
      "\(doctor)")
  }

  @Test("is of a source of files that objectives ask")
  func sources() throws {
    let workspace = try workspace()
    let unknown = try workspace.run("collect", "--stdin", "metrik")
    #expect(unknown.status == 64)
    #expect(
      unknown.errors
        == "sloreport: --stdin metrik: the sources of files are metrics, exports\n")
    try workspace.write(
      StandardInputTests.configuration.replacing(
        "sources:", with: "sources:\n  unused: { files: x.om }", maxReplacements: 1),
      to: "sloreport.yaml")
    let unused = try workspace.run("collect", "--stdin", "unused")
    #expect(unused.status == 64)
    #expect(unused.errors.contains("no objective asks for series of the source unused"))
  }
}
