/// The report of a week: its first page answers, the second explains.
enum Weekly {
  static func sections(_ story: Story) -> [Section] {
    [
      .head(story), .incomplete(story), .verdict(story), .tiles(story), .scoreboard(story),
      .opening(story), .weeks(story), .detail(story), .incidents(story),
      .capacity(story), .trends(story), .data(story), .method(story),
    ].compactMap(\.self)
  }
}
