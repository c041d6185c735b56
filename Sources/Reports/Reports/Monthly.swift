/// The report of a month, and of a quarter: each objective judged over it.
enum Monthly {
  static func sections(_ story: Story) -> [Section] {
    [
      .head(story), .incomplete(story), .results(story), .inShort(story), .asks(story),
      .resultTiles(story), .resultBoard(story), .credits(story), .budgets(story), .levels(story),
      .incidents(story), .capacity(story), .compared(story), .trends(story), .allResults(story),
      .data(story), .method(story),
    ].compactMap(\.self)
  }
}
