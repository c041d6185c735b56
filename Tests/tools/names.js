// What a browser makes of a page's text: `tree(html)`, with all that is drawn apart from the rest.

function tree(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const shape = element => {
    const attributes = [...element.attributes].map(a => a.name).join(' ');
    const inner = element instanceof SVGElement ? '' : [...element.children].map(shape).join('');
    return `<${element.localName} ${attributes}>${inner}</>`;
  };
  const drawn = [...page.querySelectorAll('svg, svg *')];
  return {
    shape: shape(page.documentElement),
    drawn: [...new Set(drawn.flatMap(e => [e.localName, ...[...e.attributes].map(a => e.localName + ' ' + a.name)]))],
    text: page.title + page.body.textContent,
    scripts: page.scripts.length, comments: page.createNodeIterator(page, NodeFilter.SHOW_COMMENT).nextNode() !== null,
  };
}
