import Analytics
import Model
import Testing

@Suite("The bound of a bucket")
struct BucketFitTests {
  @Test(
    "is one, however it is spelled",
    arguments: [
      ("1", 1), ("1.0", 1), ("1e0", 1), ("0.25", 0.25), ("+Inf", .infinity), ("NaN", nil),
      ("", nil), ("fast", nil),
    ])
  func spelled(text: String, bound: Double?) {
    #expect(
      SeriesID(source: "m", name: "d_bucket", labels: [Label("le", text)]).bucketBound == bound)
  }

  @Test("is none of a series without the label")
  func none() {
    #expect(
      SeriesID(source: "m", name: "d_bucket", labels: [Label("ge", "1")]).bucketBound == nil)
  }
}
