import Analytics
import Foundation
import Model
import Testing

@Suite("Days against their weekly pattern")
struct WeeklyAnomaliesTests {
  @Test("are anomalies where they leave it by far: a Sunday on a Wednesday")
  func found() throws {
    let values = try ForecastSamples.noisy(84) { day in
      // 100 on working days and 40 at weekends; day 44 is a working day.
      (day % 7 >= 5 ? 40 : 100) + (day == 44 ? -60 : 0)
    }
    let found = WeeklyAnomalies(values)
    #expect(found.hasPattern)
    #expect(found.anomalies.map(\.day) == [44])
    #expect(abs(try #require(found.anomalies.first).expected - 100) < 2)
    #expect(try #require(found.anomalies.first).deviations < -6)
  }

  @Test("are none in a plain pattern, with few values, or where nothing varies")
  func none() throws {
    let plain = try ForecastSamples.noisy(84) { $0 % 7 >= 5 ? 40 : 100 }
    #expect(WeeklyAnomalies(plain).anomalies == [])
    let few = try ForecastSamples.days(27) { $0 == 20 ? 1000 : Double($0 % 2) }
    #expect(WeeklyAnomalies(few).anomalies == [])
    #expect(WeeklyAnomalies(try ForecastSamples.days(60) { _ in 4 }).anomalies == [])
  }

  @Test("find three of the five times that people marked in half a year of taxi rides")
  func taxis() throws {
    guard let root = ReferenceData.folder("nab-metrics") else { return }
    let file = "realKnownCause-nyc_taxi.csv"
    let files = try #require(
      ReferenceData.json("\(root)/expected.json")["files"] as? [String: [String: Any]])
    let daily = try #require(files[file]?["daily"] as? [String: Any])
    let days = try #require(daily["day_offsets"] as? [Int])
    let values = try #require(daily["values"] as? [Double])
    let found = WeeklyAnomalies(try DailyValues(days: days, values: values))
    #expect(found.hasPattern)
    // Days since 1 July 2014: marathon, Thanksgiving, Christmas, New Year, and the blizzard of January.
    let marked = [121...125, 147...151, 175...179, 181...186, 207...212]
    let hits = marked.filter { window in found.anomalies.contains { window ~= $0.day } }
    #expect(hits.count >= 3, "\(found.anomalies.map(\.day))")
    let others = found.anomalies.filter { anomaly in !marked.contains { $0 ~= anomaly.day } }
    #expect(others.count <= 6, "\(others.map(\.day))")
  }

  // At the end of a line there is nothing after a day: the days before it lie below it, all of them.
  @Test("the ends of a line are none")
  func line() throws {
    let rising = try ForecastSamples.noisy(60) { 500 + 20 * Double($0) }
    #expect(WeeklyAnomalies(rising).anomalies == [])
  }

  @Test("days beside a change of level are none, whatever the days on the other side say")
  func besideJump() throws {
    let stepped = try ForecastSamples.noisy(90) { 500 + ($0 >= 60 ? 300 : 0) }
    #expect(WeeklyAnomalies(stepped).anomalies == [])
    let late = try ForecastSamples.noisy(90) { 500 + ($0 >= 86 ? 300 : 0) }
    #expect(WeeklyAnomalies(late).anomalies == [])
  }
}
