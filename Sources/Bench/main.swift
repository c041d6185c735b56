// Answers the questions of the speed comparisons with what the commands read and count with.
import Glibc
import Model

func fail(_ message: String, status: Int32) -> Never {
  let line = Array("sloreport-bench: \(message)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)  // nowhere is left to tell of a failure
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

let arguments = CommandLine.arguments
let jobs = ["w1", "w1t", "w2", "w3", "w4", "w5a", "w5b", "w7p", "w7s"]
guard arguments.count == 4, jobs.contains(arguments[1]) else {
  fail(
    "usage: sloreport-bench \(jobs.joined(separator: "|")) INPUT OUTPUT, w5 with BENCH_DSN",
    status: 64)
}
let (job, input, output) = (arguments[1], arguments[2], arguments[3])
let parameters = contents(of: "\(input)/params.json") ?? ""
do {
  if job.hasPrefix("w7") {
    guard let question = ChartQuestion(parameters) else {
      fail("\(input)/params.json: not the question", status: 66)
    }
    try await ChartJob(
      question: question, format: job == "w7p" ? .png : .svg, input: input, output: output
    ).run()
  } else if ["w1", "w1t", "w4"].contains(job) {
    guard let question = CounterJob(parameters) else {
      fail("\(input)/params.json: not the question", status: 66)
    }
    let answer = try question.answer(files: job == "w4" ? "blocks" : "metrics.om", root: input)
    guard save(Array(answer.utf8), to: output) else {
      fail("\(output): cannot be written", status: 73)
    }
  } else if job == "w2" {
    let answer = try TableJob(parameters: parameters).answer(input: input)
    guard save(Array(answer.utf8), to: output) else {
      fail("\(output): cannot be written", status: 73)
    }
  } else if job == "w3" {
    guard let question = AnswersJob(parameters) else {
      fail("\(input)/params.json: not the question", status: 66)
    }
    let answer = try question.answer(input: input)
    guard save(Array(answer.utf8), to: output) else {
      fail("\(output): cannot be written", status: 73)
    }
  } else {
    guard let question = JobQuestion(parameters) else {
      fail("\(input)/params.json: not the question", status: 66)
    }
    guard let connection = getenv("BENCH_DSN").map({ String(cString: $0) }) else {
      fail("BENCH_DSN is not set", status: 64)
    }
    let pull = JobPull(question: question, connection: Secret(connection))
    let answer = job == "w5a" ? try await pull.pushedDown() : try pull.raw()
    guard save(Array(answer.utf8), to: output) else {
      fail("\(output): cannot be written", status: 73)
    }
  }
} catch {
  fail("\(error)", status: 70)
}
