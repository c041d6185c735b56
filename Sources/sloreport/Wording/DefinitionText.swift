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
    case .syntax(let text): return "not valid YAML: \(text)"
    case .notUTF8: return "not UTF-8"
    case .limitExceeded(let limit): return words(limit)
    case .unsupportedTag(let tag): return "the tag \(tag) is not supported; values are read as text"
    case .duplicate(let name, let first): return "`\(name)` again; it stands first in line \(first)"
    case .unknownKey(let name, let nearest): return "unknown key `\(name)`\(hint(nearest))"
    case .missingKey(let name): return "the key `\(name)` is missing"
    case .missingOneOf(let names): return "one of \(listed(names)) is needed"
    case .conflictingKeys(let names): return "\(listed(names)) exclude each other"
    case .wrongType(let expected):
      switch expected {
      case .text: return "a single value belongs here"
      case .list: return "a list belongs here"
      case .mapping: return "keys with values belong here"
      }
    case .badName(let name):
      return "`\(name)` is no name: 1 to 100 bytes, without slashes and control characters"
    case .badLabel(.malformed(let name)):
      return "`\(name)` is no name of a label: letters, digits and underscores, no digit first"
    case .badLabel(.reserved(let name)):
      return "the label `\(name)` has a meaning of its own; declare another name"
    case .unclosedBrace:
      return "a brace is not closed; write {instance}, or \\{ for the character itself"
    case .badDuration(let text): return "`\(text)` is no duration; write 30s, 5m, 8h, 30d or 1h30m"
    case .missingUnit(let text):
      return "`\(text)` has no unit; write \(text)s, \(text)m, \(text)h or \(text)d"
    case .badPercentage(let text):
      return "`\(text)` is no percentage; write 99.9%, with at most 7 decimals"
    case .needsPercentSign(let suggestion):
      return "a percentage needs its sign; write \(suggestion)"
    case .badNumber(let text): return "`\(text)` is no number"
    case .badInstant(let text):
      return
        "`\(text)` is no day and no instant \(InstantOption.years); write 2026-10-18T02:00:00+02:00, or with Z for UTC"
    case .badClock(let text): return "`\(text)` is no time of the day; write \"02:00\""
    case .timeWithoutYear(let text):
      return "`\(text)` has no year; write all of the time, such as \"%Y-%m-%d %H:%M:%S\""
    case .halfOfDay(let text):
      return "`\(text)` has one of %I and %p alone; twelve hours need both, such as \"%I:%M %p\""
    case .endsBeforeStart: return "it ends before it starts"
    case .badChoice(let text, let choices, let nearest):
      return "`\(text)` is none of \(listed(choices))\(hint(nearest))"
    case .outOfRange(let text, let allowed): return "`\(text)` is out of range: \(words(allowed))"
    case .badSelector(let error): return words(error)
    case .missingVariable(let name): return "the environment variable \(name) is not set"
    case .unknownSource(let name, let nearest):
      return "no source is named `\(name)`\(hint(nearest))"
    case .queryNeedsDatabase(let source):
      return "`query` asks a database, but the source `\(source)` is files"
    case .noIncidents(let service):
      return "the service `\(service)` has no `incidents`"
    case .inlinePassword:
      return
        "a password does not belong into this file; use ${NAME}, ~/.pgpass or `passfile=`"
    case .conflictingState(let word, let known):
      return "the state `\(word)` means \(known) to another objective of the same source"
    case .conflictingShapes(let path, let first):
      return "`\(path)` is to give other columns in line \(first)"
    case .unknownZone(let name, let nearest):
      return
        "no time zone is named `\(name)`\(hint(nearest)); IANA names such as Europe/Berlin are known"
    case .unboundedBands(let count):
      return "one band of a policy has no `below`, here \(count == 0 ? "none" : "\(count)")"
    case .warning(let warning): return "warning: \(WarningText.words(warning))"
    case .noObjectives: return "nothing to check: there is no objective under `services: … slos:`"
    }
  }

  private static func words(_ error: SelectorError) -> String {
    switch error {
    case .unexpected(let place):
      return "the selector cannot be read at character \(place + 1); write name{label=\"value\"}"
    case .missingName: return "the selector names no metric"
    case .badPattern(.unsupported(let place), let start):
      return "the pattern cannot be read at character \(start + place + 1) of the selector"
    case .badPattern(let error, _): return "the pattern cannot be used: \(error)"
    }
  }

  private static func words(_ limit: Problem.Limit) -> String {
    switch limit {
    case .bytes(let count): return "the file is longer than \(count) bytes"
    case .values(let count): return "more than \(count) values, aliases counted as often as used"
    case .depth(let count): return "nested more than \(count) deep"
    case .complexKey: return "a key that is not plain text"
    }
  }

  private static func words(_ allowed: Problem.Allowed) -> String {
    switch allowed {
    case .between(let least, let most):
      return Wording.plain("from \(Wording.duration(least)) to \(Wording.duration(most))")
    case .minutesDividingADay: return "whole minutes, as many as divide a day"
    case .wholeMinutes: return "whole minutes"
    case .objective: return "above 0 %, at most 100 %"
    case .share: return "0 % to 100 %"
    case .atLeastFinerTier: return "no shorter than the finer tier before it"
    }
  }

  private static func hint(_ nearest: String?) -> String {
    nearest.map { "; did you mean `\($0)`?" } ?? ""
  }

  private static func listed(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
