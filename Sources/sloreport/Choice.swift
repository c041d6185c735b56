import Definitions
import Model

/// Finds the objectives that names on the command line mean.
enum Choice {
  static func objectives(_ names: [String], of project: Project) throws -> [Objective] {
    let all = project.configuration.objectives
    guard !names.isEmpty else { return all }
    let chosen = try names.flatMap { name in
      let found = all.filter { $0.fullName == name || $0.service == name || $0.name == name }
      guard found.isEmpty else { return found }
      let known = all.flatMap { [$0.fullName, $0.service, $0.name] }
      let hint = Spelling.nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
      throw Failure(.usage, "no objective is named \(name)\(hint)")
    }
    return all.filter(chosen.contains)
  }
}
