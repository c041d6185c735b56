// What a browser makes of a page's text: `tree(html)`, with all that is drawn apart from the rest.

/** All there is to read, but for labels in drawings, which are cut where there is no room. */
function text(page) {
  for (const label of page.querySelectorAll('svg text')) label.remove();
  return page.title + page.body.textContent;
}

function tree(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const shape = element => {
    const attributes = [...element.attributes].map(a => a.name).join(' ');
    const inner = element instanceof SVGElement ? '' : [...element.children].map(shape).join('');
    return `<${element.localName} ${attributes}>${inner}</>`;
  };
  const shapes = shape(page.documentElement);
  const drawn = [...page.querySelectorAll('svg, svg *')];
  return {
    shape: shapes,
    drawn: [...new Set(drawn.flatMap(e => [e.localName, ...[...e.attributes].map(a => e.localName + ' ' + a.name)]))],
    scripts: page.scripts.length,
    comments: page.createNodeIterator(page, NodeFilter.SHOW_COMMENT).nextNode() !== null,
    text: text(page),
  };
}
