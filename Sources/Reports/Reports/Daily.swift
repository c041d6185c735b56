/// The report of a day: what happened, and how each objective did on it.
enum Daily {
  static func sections(_ story: Story) -> [Section] {
    [
      .head(story), .incomplete(story), .results(story), .inShort(story), .resultTiles(story),
      .resultBoard(story), .credits(story), .opening(story), .incidents(story), .allResults(story),
      .data(story),
      .method(story),
    ].compactMap(\.self)
  }
}
