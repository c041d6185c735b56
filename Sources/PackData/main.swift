// Writes the example data of a pack: the same bytes on every run.
import CSystem
import Glibc
import Model

func fail(_ message: String, status: Int32) -> Never {
  let line = Array("PackData: \(message)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)  // there is nowhere left to report a failure
  exit(status)
}

/// `20261012T000000Z`, as in the names of the files.
func stamp(ofMidnight time: Int64) -> String {
  let date = CivilDate(dayNumber: time.dividedDown(by: Moment.day))
  let (month, day) = (date.month, date.day)
  return "\(date.year)\(month < 10 ? "0" : "")\(month)\(day < 10 ? "0" : "")\(day)T000000Z"
}

/// One file for each ISO week (in UTC) from the story's begin to `end`.
func writePricingSync(into directory: String, until end: Int64) throws(SnapshotError) {
  if mkdir(directory, 0o755) != 0, errno != EEXIST {
    throw .file(step: "mkdir", path: directory, code: errno)
  }
  let begin = Moment.required(Story.begin)
  let recording = Recording(from: begin, until: end, events: Story.events)
  for monday in stride(from: Moment.monday(before: begin), through: end, by: Int(Moment.week)) {
    let week = monday..<(monday + Moment.week)
    let exposition = Exposition(
      scheduler: recording.scheduler.filter { week.contains($0.time) }[...],
      admin: recording.admin.filter { week.contains($0.time) }[...],
      database: recording.database.filter { week.contains($0.time) }[...])
    let file = SnapshotFile(path: "\(directory)/pricing-\(stamp(ofMidnight: monday)).om.gz")
    try file.write(exposition.text)
  }
}

let usage = "usage: PackData pricing-sync DIRECTORY [--until \(Story.end)]"
let arguments = (1..<max(1, slr_argument_count())).compactMap {
  slr_argument($0).map { String(cString: $0) }
}
let hasEnd = arguments.count == 4 && arguments[2] == "--until"
guard arguments.count == 2 || hasEnd, arguments[0] == "pricing-sync" else {
  fail(usage, status: 64)
}
guard let end = Moment.parse(hasEnd ? arguments[3] : Story.end),
  Moment.required(Story.begin) < end, end <= Moment.required(Story.end)
else { fail("--until is outside the story: \(Story.begin) to \(Story.end)", status: 64) }

do {
  try writePricingSync(into: arguments[1], until: end)
} catch {
  switch error {
  case .compression(let code): fail("zlib gave up with code \(code)", status: 70)
  case .file(let step, let path, let code):
    fail("\(step) \(path): \(String(cString: strerror(code)))", status: 73)
  }
}
