import ArgumentParser

/// What the exit codes mean, the same for every command.
enum ExitStatus: Int32 {
  case done = 0
  case gateClosed = 1
  case undecided = 3
  case incomplete = 4
  case usage = 64
  case damagedInput = 65
  case noInput = 66
  case unreachable = 69
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  case locked = 75
  case unsafe = 77
  case configuration = 78
}

/// The end of a run that did not do what was asked: the words for it and the code.
struct Failure: Error {
  let status: ExitStatus
  /// One line each, without the program's name.
  let lines: [String]

  init(_ status: ExitStatus, _ lines: String...) {
    self.init(status, lines)
  }

  init(_ status: ExitStatus, _ lines: [String]) {
    self.status = status
    self.lines = lines
  }
}

/// The end of a run whose result has been printed.
struct Verdict: Error {
  let status: ExitStatus
}
