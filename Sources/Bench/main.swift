// Answers the questions of the speed comparisons with what the commands read and count with.
import CSystem
import Glibc
import Model

func fail(_ message: String, status: Int32) -> Never {
  let line = Array("sloreport-bench: \(message)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)  // there is nowhere left to report a failure
  exit(status)
}

func contents(of path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 4096)
  while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}

func save(_ bytes: [UInt8], to path: String) -> Bool {
  guard let file = fopen(path, "w") else { return false }
  let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
  return fclose(file) == 0 && isWritten
}

let arguments = (0..<slr_argument_count()).compactMap {
  slr_argument($0).map { String(cString: $0) }
}
if arguments.count == 4, ["forecasts", "forecast-time"].contains(arguments[1]),
  let seed = UInt64(arguments[2]), let items = Int(arguments[3])
{
  do {
    let text =
      arguments[1] == "forecasts"
      ? try ForecastTable(seed: seed, items: items).text
      : try await ForecastTime(seed: seed, items: items).text
    print(text, terminator: "")
    exit(0)
  } catch {
    fail("\(error)", status: 70)
  }
}
let jobs = ["w1", "w1t", "w2", "w3", "w4", "w5a", "w5b", "w6", "w6q", "w6t", "w7p", "w7s"]
guard arguments.count == 4, jobs.contains(arguments[1]) else {
  fail(
    "usage: sloreport-bench \(jobs.joined(separator: "|")) INPUT OUTPUT, w5 with BENCH_DSN;"
      + " sloreport-bench forecasts|forecast-time SEED ITEMS",
    status: 64)
}
let (job, input, output) = (arguments[1], arguments[2], arguments[3])
let parameters = contents(of: "\(input)/params.json") ?? ""

func asked<Question>(_ question: Question?) -> Question {
  guard let question else { fail("\(input)/params.json: not the question", status: 66) }
  return question
}

func jobPull() -> JobPull {
  guard let connection = getenv("BENCH_DSN").map({ String(cString: $0) }) else {
    fail("BENCH_DSN is not set", status: 64)
  }
  return JobPull(question: asked(JobQuestion(parameters)), connection: Secret(connection))
}

do {
  let answer: String
  switch job {
  case "w2": answer = try TableJob(parameters: parameters).answer(input: input)
  case "w3": answer = try asked(AnswersJob(parameters)).answer(input: input)
  case "w4": answer = try asked(CounterJob(parameters)).answer(files: "blocks", root: input)
  case "w5a": answer = try await jobPull().pushedDown()
  case "w5b": answer = try jobPull().raw()
  case "w6": answer = try asked(LineJob(parameters)).answer(table: "\(input)/capacity.csv")
  case "w6q":
    answer = try await asked(LineJob(parameters)).answer(database: "\(input)/history.db")
  case "w6t": answer = try await SlopeJob().answer(table: "\(input)/capacity.csv")
  case "w7p", "w7s":
    try await ChartJob(
      question: asked(ChartQuestion(parameters)), format: job == "w7p" ? .png : .svg,
      input: input, output: output
    ).run()
    exit(0)
  default: answer = try asked(CounterJob(parameters)).answer(files: "metrics.om", root: input)
  }
  guard save(Array(answer.utf8), to: output) else {
    fail("\(output): cannot be written", status: 73)
  }
} catch {
  fail("\(error)", status: 70)
}
