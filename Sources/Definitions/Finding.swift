public import Model

/// All that is wrong with a definition file, in order of position; never empty.
public struct DefinitionError: Error, Equatable {
  public let findings: [Finding]
}

/// A place in a text: line and column from 1, the column in Unicode scalars.
public struct Position: Hashable, Sendable, Comparable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (one: Position, other: Position) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}

/// One thing that is wrong with a definition file.
public struct Finding: Error, Hashable, Sendable {
  public let position: Position
  public let problem: Problem

  /// Whether the file can be used all the same.
  public var isWarning: Bool { if case .warning = problem { true } else { false } }

  public var line: Int { position.line }
  public var column: Int { position.column }

  public init(_ problem: Problem, at position: Position) {
    self.position = position
    self.problem = problem
  }
}

/// What can be wrong with a definition file.
///
/// Texts are those of the file, never the value of an environment variable.
public enum Problem: Hashable, Sendable {
  // The file as YAML.
  /// The YAML parser's own words.
  case syntax(String)
  case notUTF8
  case limitExceeded(Limit)
  /// A tag such as `!!binary`: values are read as text.
  case unsupportedTag(String)
  /// The same name again; names that differ only in case count as the same.
  case duplicate(String, firstLine: Int)

  // Keys.
  case unknownKey(String, nearest: String?)
  case missingKey(String)
  /// None of the keys is there, and one is needed.
  case missingOneOf([String])
  /// These keys exclude each other.
  case conflictingKeys([String])
  case wrongType(expected: ValueType)
  /// Empty, longer than 100 bytes, or with a control character or a slash.
  case badName(String)
  case badLabel(LabelNameError)
  /// A pattern of files with an opening brace alone.
  case unclosedBrace

  // Values.
  case badDuration(String)
  /// A bare number where a duration is needed.
  case missingUnit(String)
  case badPercentage(String)
  /// A share without its sign; the suggestion is what was probably meant ("99.9%").
  case needsPercentSign(suggestion: String)
  case badNumber(String)
  /// Neither a number nor a size.
  case badSize(String)
  /// Neither a day nor an instant with its offset.
  case badInstant(String)
  /// No time of the day.
  case badClock(String)
  /// How times are written, without a year.
  case timeWithoutYear(String)
  /// A form of times with one of `%I` and `%p` alone.
  case halfOfDay(String)
  /// Something that ends before it starts.
  case endsBeforeStart
  /// A value that is none of the choices.
  case badChoice(String, choices: [String], nearest: String?)
  case outOfRange(String, Allowed)
  case badSelector(SelectorError)
  /// The environment variable is not set, or empty.
  case missingVariable(String)

  // References.
  case unknownSource(String, nearest: String?)
  /// For the caller, who alone knows the zones of the system.
  case unknownZone(String, nearest: String?)

  /// A query asked of files.
  case queryNeedsDatabase(source: String)
  /// The availability of a service by its incidents, of which it has none.
  case noIncidents(service: String)

  // Meaning.
  /// A password in the file.
  case inlinePassword
  /// A query that is to give different columns in two places.
  /// A word for a state that means something else to another objective of the same source or query.
  case conflictingState(String, first: String)
  case conflictingShapes(String, firstLine: Int)
  /// Not exactly one band is without `below`.
  case unboundedBands(count: Int)
  /// There is nothing to check.
  case noObjectives
  case warning(Warning)

  /// A bound on the size of the file.
  public enum Limit: Hashable, Sendable {
    case bytes(Int)
    /// Values, counting each use of an alias.
    case values(Int)
    case depth(Int)
    /// A key that is not plain text, in a file with aliases.
    case complexKey
  }

  public enum ValueType: Hashable, Sendable {
    case text, list, mapping
  }

  /// What a value outside its range should have been.
  public enum Allowed: Hashable, Sendable {
    case between(Duration, Duration)
    /// Whole minutes, as many as divide a day.
    case minutesDividingADay
    case wholeMinutes
    /// Above 0 %, at most 100 %.
    case objective
    /// 0 % to 100 %.
    case share
    /// No shorter than the finer tier before it.
    case atLeastFinerTier
    case positive
    /// Dates that rise.
    case inOrder
    /// A warning that comes before it is critical.
    case warningBeforeCritical
    /// A lower level has a higher credit, and no level comes twice.
    case creditsRise
    case wholeNumber
    /// What an objective has that counts events.
    case onlyOfEvents
  }
}
