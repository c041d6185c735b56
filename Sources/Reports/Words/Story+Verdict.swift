import Model

extension Story {
  var tone: Tone {
    if !all(.overspent).isEmpty { return .bad }
    if !all(.atRisk).isEmpty { return .warn }
    return all(.notJudged).isEmpty ? .ok : .unknown
  }

  /// The verdict in one sentence.
  var verdict: String {
    let overspent = all(.overspent)
    let risky = all(.atRisk)
    let count = facts.objectives.count
    if overspent.count > 3 {
      return (overspent.count == count ? "All \(count)" : "\(overspent.count) of \(count)")
        + " objectives have overspent their budgets."
    }
    if !overspent.isEmpty {
      return Wording.listed(overspent.map(\.title))
        + (overspent.count == 1
          ? " has overspent its error budget." : " have overspent their error budgets.")
    }
    if let worst = risky.first {
      let words = words(worst)
      let others =
        risky.count == 1
        ? ""
        : risky.count == 2
          ? ", and one other is at risk" : ", and \(risky.count - 1) others are at risk"
      if worst.budget?.left ?? 0 >= 0.2, let at = worst.exhaustedAt {
        return
          "At its usual pace \(worst.title) runs out of its \(words.budgetName) on \(Wording.lastDay(before: at, in: zone))\(others)."
      }
      let toGo =
        others.isEmpty
        ? words.daysToGo.map { ", \(Wording.counted($0, "day")) to go" } ?? "" : others
      return "\(worst.title) has \(words.left) of its \(words.budgetName) left\(toGo)."
    }
    let unjudged = all(.notJudged)
    if unjudged.count == count {
      let isYoung = unjudged.allSatisfy { $0.doubts.allSatisfy(\.isYouth) }
      return isYoung
        ? "Nothing can be judged yet: the history is too short." : "Nothing can be judged."
    }
    if !unjudged.isEmpty {
      return "\(unjudged.count) of \(count) objectives cannot be judged."
    }
    switch count {
    case 1: return "The objective is on course."
    case 2: return "Both objectives are on course."
    default: return "All \(count) objectives are on course."
    }
  }

  /// What it is made of, in a few sentences.
  var verdictDetail: String {
    var sentences: [String] = []
    let (overspent, risky, calm) = (all(.overspent), all(.atRisk), all(.onCourse))
    for objective in overspent.prefix(2) {
      let chance =
        objective.interval?.undecided == true
        ? " This may be chance: the objective lies inside the 95\(Wording.space)% interval."
        : ""
      sentences.append("\(objective.title): \(words(objective).result).\(chance)")
    }
    if overspent.isEmpty, let worst = risky.first {
      sentences.append("\(words(worst).result.capitalizedFirst).")
      if let rest = words(worst).rest { sentences.append(rest) }
    } else {
      for objective in risky.prefix(2) {
        let budget = words(objective).budgetName
        sentences.append(
          objective.budget?.left ?? 0 >= 0.2 && objective.exhaustedAt != nil
            ? "\(objective.title) is at risk: at its usual pace its \(budget) runs out on \(objective.exhaustedAt.map { Wording.lastDay(before: $0, in: zone) } ?? "")."
            : "\(objective.title) is at risk: \(Wording.left(objective.budget?.left)) of its \(budget) left."
        )
      }
      if risky.count > 2 {
        sentences.append(
          "\(Wording.number(risky.count - 2).capitalizedFirst) more \(risky.count == 3 ? "is" : "are") at risk."
        )
      }
    }
    if !calm.isEmpty, calm.count < facts.objectives.count {
      let isRest =
        all(.notJudged).isEmpty && overspent.count <= 2
        && (overspent.isEmpty ? risky.count == 1 : risky.count <= 2)
      let count = calm.count == 1 ? "" : " \(Wording.number(calm.count))"
      let which = isRest ? "The other\(count)" : Wording.number(calm.count).capitalizedFirst
      sentences.append(
        calm.count == 1
          ? "\(which) objective is on course." : "\(which) objectives are on course.")
    }
    let unjudged = all(.notJudged)
    for objective in unjudged.prefix(2) {
      sentences.append("\(objective.title) is not judged: \(words(objective).doubts).")
    }
    if unjudged.count > 2 {
      let rest = unjudged.count - 2
      sentences.append(
        "\(Wording.number(rest).capitalizedFirst) more \(rest == 1 ? "is" : "are") not judged.")
    }
    if sentences.isEmpty, let least = calm.first {
      sentences.append(
        "\(least.title) has the least left: \(Wording.left(least.budget?.left)) of its \(words(least).budgetName)."
      )
    }
    return sentences.joined(separator: " ")
  }
}
