import Definitions
import Model

/// Words for what is wrong with a configuration.
enum DefinitionText {
  /// "sloreport.yaml:12:7: unknown key `objectve`; did you mean `objective`?".
  static func line(_ finding: Finding, in path: String) -> String {
    "\(path):\(finding.line):\(finding.column): \(words(finding.problem))"
  }

  private static func words(_ problem: Problem) -> String {
    switch problem {
    case .syntax(let text): return "invalid YAML: \(text)"
    case .notUTF8: return "not UTF-8; save the file in that encoding"
    case .limitExceeded(let limit): return words(limit)
    case .unsupportedTag(let tag):
      return "unsupported tag \(tag); remove it: values are read as text"
    case .duplicate(let name, let first):
      return "duplicate `\(name)`; the first is in line \(first)"
    case .unknownKey(let name, let nearest): return "unknown key `\(name)`\(hint(nearest))"
    case .missingKey(let name): return "missing key `\(name)`"
    case .missingOneOf(let names): return "missing key: one of \(listed(names))"
    case .conflictingKeys(let names): return "conflicting keys \(listed(names)); keep one"
    case .wrongType(let expected):
      switch expected {
      case .text: return "expected a single value"
      case .list: return "expected a list"
      case .mapping: return "expected keys with values"
      }
    case .badName(let name):
      return "invalid name `\(name)`; use 1 to 100 bytes without slashes and control characters"
    case .badLabel(.malformed(let name)):
      return "invalid label name `\(name)`; use letters, digits and underscores, not a digit first"
    case .badLabel(.reserved(let name)):
      return "reserved label name `\(name)`; use another one"
    case .unclosedBrace:
      return "unclosed brace; write {instance}, or \\{ for the character itself"
    case .badDuration(let text):
      return "invalid duration `\(text)`; write 30s, 5m, 8h, 30d or 1h30m"
    case .missingUnit(let text):
      return "duration `\(text)` without a unit; write \(text)s, \(text)m, \(text)h or \(text)d"
    case .badPercentage(let text):
      return "invalid percentage `\(text)`; write 99.9%, with at most 7 decimals"
    case .needsPercentSign(let suggestion):
      return "percentage without its sign; write \(suggestion)"
    case .badNumber(let text): return "invalid number `\(text)`"
    case .badSize(let text): return "invalid size `\(text)`; write 500GiB, 1.5TB or a number"
    case .badInstant(let text):
      return
        "invalid day or time `\(text)`; write one \(InstantOption.years), such as 2026-10-18T02:00:00+02:00, or with Z for UTC"
    case .badClock(let text): return "invalid time of day `\(text)`; write \"02:00\""
    case .timeWithoutYear(let text):
      return
        "time format `\(text)` without a year; write the whole time, such as \"%Y-%m-%d %H:%M:%S\""
    case .halfOfDay(let text):
      return "time format `\(text)` with only one of %I and %p; write both, such as \"%I:%M %p\""
    case .endsBeforeStart: return "the end is before the start"
    case .badChoice(let text, let choices, let nearest):
      return "invalid value `\(text)`, not one of \(listed(choices))\(hint(nearest))"
    case .outOfRange(let text, let allowed): return "`\(text)` is out of range: \(words(allowed))"
    case .badSelector(let error): return words(error)
    case .missingVariable(let name): return "the environment variable \(name) is not set, or empty"
    case .unknownSource(let name, let nearest):
      return "unknown source `\(name)`\(hint(nearest))"
    case .queryNeedsDatabase(let source):
      return "`query` needs a database; the source `\(source)` is files"
    case .noIncidents(let service):
      return "the service `\(service)` has no `incidents`"
    case .inlinePassword:
      return
        "password in the configuration; use ${NAME}, ~/.pgpass or `passfile=`"
    case .conflictingState(let word, let first):
      return
        "conflicting meaning of the state `\(word)`: it is \(first) for another objective of the same source"
    case .conflictingShapes(let path, let first):
      return "`\(path)` must have other columns for line \(first); use another query"
    case .unknownZone(let name, let nearest):
      return
        "unknown time zone `\(name)`\(hint(nearest)); use an IANA name such as Europe/Berlin"
    case .unboundedBands(let count):
      return
        "\(count == 0 ? "no band" : "\(count) bands") without `below`; a policy needs exactly one"
    case .warning(let warning): return "warning: \(WarningText.words(warning))"
    case .noObjectives: return "no objective; add one under `services: … slos:`"
    }
  }

  private static func words(_ error: SelectorError) -> String {
    switch error {
    case .unexpected(let place):
      return "invalid selector at character \(place + 1); write name{label=\"value\"}"
    case .missingName: return "selector without a metric name"
    case .badPattern(.unsupported(let place), let start):
      return "unsupported pattern at character \(start + place + 1) of the selector"
    case .badPattern(let error, _): return "invalid pattern: \(error)"
    }
  }

  private static func words(_ limit: Problem.Limit) -> String {
    switch limit {
    case .bytes(let count): return "file longer than \(count) bytes"
    case .values(let count): return "more than \(count) values, with aliases counted at each use"
    case .depth(let count): return "nested more than \(count) levels deep"
    case .complexKey: return "key that is not plain text"
    }
  }

  private static func words(_ allowed: Problem.Allowed) -> String {
    switch allowed {
    case .between(let least, let most):
      return Wording.plain("from \(Wording.duration(least)) to \(Wording.duration(most))")
    case .minutesDividingADay: return "whole minutes that divide a day"
    case .wholeMinutes: return "whole minutes"
    case .objective: return "above 0 %, at most 100 %"
    case .share: return "0 % to 100 %"
    case .atLeastFinerTier: return "at least as long as the finer tier before it"
    case .positive: return "above 0"
    case .inOrder: return "after the date before it"
    case .creditsRise: return "each lower `below` has a higher `credit`"
    case .wholeNumber: return "a whole number, 1 or more"
    case .onlyOfEvents: return "only `ratio` and `latency` count events by the minute"
    case .warningBeforeCritical: return "`warning` is reached before `critical`"
    }
  }

  private static func hint(_ nearest: String?) -> String {
    nearest.map { "; did you mean `\($0)`?" } ?? ""
  }

  private static func listed(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
