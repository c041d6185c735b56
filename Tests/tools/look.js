// What is measured inside a page: `look()` of what is shown, `blocks()` of what may not be broken in print.

/** The parts of a text on screen, in coordinates of the page. */
function boxesOf(range) {
  return [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0).map(box => ({
    left: box.left + scrollX, top: box.top + scrollY,
    right: box.right + scrollX, bottom: box.bottom + scrollY,
  }));
}

function isShown(element) {
  return element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
}

/** The share of its colour with which an element is painted. */
function opacityOf(element) {
  let share = 1;
  for (let e = element; e; e = e.parentElement) share *= Number(getComputedStyle(e).opacity);
  return share;
}

function isNote(element) {
  return Boolean(element.closest('title, desc, style, script'));
}

function textNodes(root) {
  const nodes = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && !isNote(node.parentElement) && isShown(node.parentElement)) nodes.push(node);
  }
  return nodes;
}

function texts() {
  const found = [];
  for (const node of textNodes(document.body)) {
    const element = node.parentElement, style = getComputedStyle(element);
    const drawing = element.closest('svg'), range = document.createRange();
    range.selectNodeContents(node);
    const scale = drawing ? Math.hypot(element.getScreenCTM().a, element.getScreenCTM().b) : 1;
    found.push({
      text: node.data.trim(), boxes: boxesOf(range), size: parseFloat(style.fontSize) * scale,
      color: drawing ? style.fill : style.color,
      opacity: opacityOf(element) * (drawing ? Number(style.fillOpacity) : 1),
      drawing: drawing ? [...document.querySelectorAll('svg')].indexOf(drawing) : -1,
    });
  }
  for (const element of document.body.querySelectorAll('*')) {
    for (const part of ['::before', '::after']) {
      const style = getComputedStyle(element, part);
      if (['none', 'normal', '""'].includes(style.content) || !isShown(element)) continue;
      const box = element.getBoundingClientRect();
      found.push({
        text: style.content, size: parseFloat(style.fontSize), color: style.color,
        opacity: opacityOf(element), drawing: -1,
        boxes: [{ left: box.left + scrollX, top: box.top + scrollY,
          right: box.left + scrollX + 20, bottom: box.bottom + scrollY }],
      });
    }
  }
  // What lies left of the page is for screen readers.
  return found.map(text => ({ ...text, boxes: text.boxes.filter(box => box.right > 0) }))
    .filter(text => text.boxes.length);
}

function nameOf(element) {
  return element.tagName.toLowerCase() + (element.id ? '#' + element.id : '')
    + (element.getAttribute('class') ? '.' + element.getAttribute('class') : '');
}

function look() {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const root = document.documentElement, width = root.clientWidth;
  const shown = [...document.body.querySelectorAll('*')].filter(isShown);
  const outside = shown.filter(e => {
    const box = e.getBoundingClientRect();
    return box.right > width + 0.5 || box.left < -0.5 && box.right > 0;
  });
  const cut = shown.filter(e => !(e instanceof SVGElement)
    && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.clientWidth > 1
    && e.scrollWidth > e.clientWidth + 1);
  const drawings = [...document.querySelectorAll('svg')].map(svg => {
    const box = svg.getBoundingClientRect();
    return { id: nameOf(svg), shown: isShown(svg), left: box.left + scrollX, top: box.top + scrollY,
      right: box.right + scrollX, bottom: box.bottom + scrollY };
  });
  const count = selector => [...document.querySelectorAll(selector)].filter(isShown).length;
  return {
    width, scrollWidth: root.scrollWidth, height: root.scrollHeight,
    outside: outside.map(nameOf), cut: cut.map(nameOf), texts: texts(), drawings,
    wide: count('.w > svg'), narrow: count('.n > svg'),
  };
}

/** Hides all letters, so that a picture shows what lies under them. */
function hideTexts() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, *::before, *::after { color: transparent !important; transition: none !important }
    svg text, svg tspan { fill: transparent !important; stroke: none !important }`);
  document.adoptedStyleSheets = [sheet];
}

function showTexts() { document.adoptedStyleSheets = []; }

/** What must stay on one page, and the headings with the lines that lead from them to what they are about. */
function blocks() {
  const textOf = element => textNodes(element).map(node => node.data).join(' ');
  const visible = selector => [...document.querySelectorAll(selector)].filter(isShown);
  return {
    whole: visible('tbody tr, figure, .tile').map(e => ({ name: nameOf(e), text: textOf(e) })),
    leads: visible('h1, h2, h3, h4, h1 + .sub, h2 + .sub, h3 + .sub, h4 + .sub').map(textOf),
  };
}

/** Shapes whose paint is not the one of their own attributes. */
function unpainted() {
  const wrong = [];
  for (const shape of document.querySelectorAll('svg path, svg rect, svg circle, svg line, svg polygon, '
    + 'svg polyline, svg text')) {
    if (!isShown(shape) || shape.closest('defs, clipPath')) continue;
    for (const name of ['fill', 'stroke']) {
      const holder = shape.closest(`[${name}]`), said = holder ? holder.getAttribute(name) : '';
      const probe = document.createElement('i');
      probe.style.color = said;
      document.body.append(probe);
      const asked = said === 'none' ? 'none' : getComputedStyle(probe).color;
      probe.remove();
      const is = getComputedStyle(shape)[name];
      if (holder ? is !== asked : name === 'fill' && shape.tagName !== 'line') {
        wrong.push(`${nameOf(shape)}: ${name} ${is}, its attribute is ${said || 'absent'}`);
      }
    }
  }
  return wrong;
}
