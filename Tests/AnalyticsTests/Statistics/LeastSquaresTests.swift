import Analytics
import Foundation
import Testing

/// The reference problems of NIST, whose answers are known to 15 digits.
@Suite("Least squares")
struct LeastSquaresTests {
  // y = 1 + 2 x through 1, 3, 5 and, 0.3 too high, 7.3: slope 2 + 0.3 · 1.5 / 5 = 2.09, intercept
  // (1 + 3 + 5 + 7.3) / 4 - 2.09 · 1.5 = 0.94.
  @Test("find a line by hand, and nothing in columns that repeat")
  func hand() throws {
    let fit = try #require(
      LeastSquares(columns: [[0, 1, 2, 3]], y: [1, 3, 5, 7.3], intercept: true))
    #expect(abs(fit.parameters[0] - 0.94) < 1e-14)
    #expect(abs(fit.parameters[1] - 2.09) < 1e-14)
    #expect(fit.degrees == 2)
    #expect(LeastSquares(columns: [[1, 1, 1]], y: [1, 2, 3], intercept: true) == nil)
    #expect(LeastSquares(columns: [[0, 1]], y: [1, 2], intercept: true) == nil)
  }

  @Test("give 12 digits of every NIST problem, Filip too")
  func nist() throws {
    guard let root = ReferenceData.folder("nist-strd") else { return }
    let expected = try ReferenceData.json("\(root)/expected.json")
    guard let sets = expected["datasets"] as? [String: [String: Any]] else {
      Issue.record("no datasets")
      return
    }
    var compared = 0
    for (name, set) in sets.sorted(by: { $0.key < $1.key }) {
      let columns = try ReferenceData.columns("\(root)/\(name).csv")
      // Longley's y comes first.
      let (y, x) =
        name == "Longley"
        ? (columns[0], Array(columns.dropFirst()))
        : (columns[columns.count - 1], Array(columns.dropLast()))
      let fit: LeastSquares? =
        switch name {
        case "Pontius": LeastSquares(x: x[0], y: y, degree: 2)
        case "Filip": LeastSquares(x: x[0], y: y, degree: 10)
        case "NoInt1", "NoInt2": LeastSquares(columns: x, y: y, intercept: false)
        default: LeastSquares(columns: x, y: y, intercept: true)
        }
      let found = try #require(fit, "\(name)")
      let parameters = try #require(set["parameters"] as? [[String: Any]])
      for (index, parameter) in parameters.enumerated() {
        let estimate = try #require(parameter["estimate"] as? Double)
        let error = try #require(parameter["standard_deviation"] as? Double)
        #expect(abs(found.parameters[index] / estimate - 1) < 1e-12, "\(name) B\(index)")
        #expect(abs(found.standardErrors[index] / error - 1) < 1e-12, "\(name) error of B\(index)")
        compared += 2
      }
      let deviation = try #require(set["residual_sd"] as? Double)
      #expect(abs(found.residualDeviation / deviation - 1) < 1e-12, "\(name)")
    }
    #expect(compared >= 50)
  }
}
