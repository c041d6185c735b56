"""What a page looks like on paper, printed by Chromium and by WeasyPrint to A4 and to Letter."""

import base64
import html
import pathlib
import re
import subprocess
import tempfile
import unicodedata

import weasyprint
from weasyprint.formatting_structure import boxes

from screen import LOOK

# Points: the page, and its margins above, below and on both sides.
PAPERS = {"A4": (595.28, 841.89), "letter": (612, 792)}
TOP, BOTTOM, SIDE = 45.35, 42.52, 42.52
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def paper(browser, address):
    source = pathlib.Path(address.removeprefix("file://")).read_text(encoding="utf-8")
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, size in PAPERS.items():
            page = pathlib.Path(folder) / f"{name}.html"
            changed, times = re.subn(
                r"(?i)(@page\s*\{\s*size:\s*)(?:a4|letter)", rf"\g<1>{name}", source)
            page.write_text(changed, encoding="utf-8")
            if times != 1:
                yield f"{times} rules tell the size of the paper"
            browser.open(page.as_uri())
            browser.show(1280, paper=True)
            blocks = browser.run(f"{LOOK}; blocks()")
            file = page.with_suffix(".pdf")
            file.write_bytes(base64.b64decode(browser.print()))
            yield from (f"Chromium, {name}: {finding}"
                        for finding in _read(file, size, blocks, counts.setdefault("Chromium", [])))
            yield from (f"Chromium, {name}: {finding}" for finding in _broken(file, blocks["whole"]))
            document = weasyprint.HTML(filename=page).render()
            document.write_pdf(file)
            yield from (f"WeasyPrint, {name}: {finding}"
                        for finding in _read(file, size, blocks, counts.setdefault("WeasyPrint", [])))
            yield from (f"WeasyPrint, {name}: {finding}" for finding in _laid_out(document))
    for engine, pages in counts.items():
        # Letter is 50 points shorter: with DejaVu Sans it may take one page more.
        if not 0 <= pages[1] - pages[0] <= 1:
            yield f"{engine}: pages on {', '.join(PAPERS)}: {pages}"


def _tool(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def _squeezed(text):
    """Without spaces, which a PDF does not keep, and with its ligatures taken apart."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _lines(file):
    """By page, the lines of text: left, top, right, bottom, words."""
    pages = _tool("pdftotext", "-bbox-layout", file, "-").split("<page ")[1:]
    side = r'="([\d.-]+)"'
    word = re.compile(f"<word xMin{side} yMin{side} xMax{side} yMax{side}>(.*?)</word>")
    for page in pages:
        lines = []
        for line in page.split("<line ")[1:]:
            words = word.findall(line)
            boxes_of = [tuple(map(float, found[:4])) for found in words]
            lines.append((min(box[0] for box in boxes_of), min(box[1] for box in boxes_of),
                          max(box[2] for box in boxes_of), max(box[3] for box in boxes_of),
                          html.unescape(" ".join(found[4] for found in words))))
        yield lines


def _read(file, size, blocks, counts):
    """What the PDF itself tells."""
    information = _tool("pdfinfo", file)
    width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+)", information).groups())
    if abs(width - size[0]) > 1 or abs(height - size[1]) > 1:
        yield f"the paper has {width} × {height} pt"
    fonts = _tool("pdffonts", file).splitlines()[2:]
    # Outlines of letters, not pictures or drawings of them: text can be searched and read aloud.
    yield from (f"a font of another kind: {font}" for font in fonts
                if "TrueType" not in font or "Type 3" in font)
    if not fonts:
        yield "no fonts"
    pages = list(_lines(file))
    counts.append(len(pages))
    leads = [_squeezed(lead) for lead in blocks["leads"]]
    for number, lines in enumerate(pages, 1):
        above = [line for line in lines if line[3] < TOP]
        below = [line for line in lines if line[1] > height - BOTTOM]
        body = [line for line in lines if line not in above and line not in below]
        if bool(above) != (number > 1):
            yield f"page {number}: the running header is “{' '.join(line[4] for line in above)}”"
        if f"Page {number} of {len(pages)}" not in " ".join(line[4] for line in below):
            yield f"page {number}: the footer is “{' '.join(line[4] for line in below)}”"
        yield from (f"page {number}: “{line[4]}” is outside the margins" for line in body
                    if line[0] < SIDE - 2 or line[2] > width - SIDE + 2)
        if not body:
            yield f"page {number} is empty"
            continue
        last = max(body, key=lambda line: line[3])
        filled = (last[3] - TOP) / (height - TOP - BOTTOM)
        if number < len(pages) and filled < 1 / 3:
            yield f"page {number} is filled to {filled:.0%}"
        if number < len(pages) and any(lead.endswith(_squeezed(last[4])) for lead in leads):
            yield f"page {number} ends with a heading: “{last[4]}”"


def _broken(file, whole):
    """What is not on one page. Chromium writes text in the order of the document; others need not."""
    texts = [_squeezed(text) for text in _tool("pdftotext", "-raw", file, "-").split("\f")]
    for block in whole:
        if not any(_squeezed(block["text"]) in text for text in texts):
            yield f"{block['name']} is broken: “{block['text'][:60]}”"


def _laid_out(document):
    """What WeasyPrint's own boxes tell, which is exact."""
    seen = {}
    for number, page in enumerate(document.pages, 1):
        body = [child for child in page._page_box.children
                if not isinstance(child, boxes.MarginBox)]
        found = [box for child in body for box in [child, *child.descendants()]]
        leads = [box for box in found if isinstance(box, boxes.BlockBox) and (
            box.element_tag in HEADINGS or _is_sub(box))]
        inside = {id(inner) for lead in leads for inner in lead.descendants()}
        content = [box for box in found if id(box) not in inside
                   and isinstance(box, (boxes.LineBox, boxes.ReplacedBox))]
        for box in leads:
            if box.element_tag in HEADINGS and not any(
                    other.position_y >= box.position_y + box.height - 1 for other in content):
                yield f"page {number} ends with {box.element_tag} “{_words(box)}”"
        for box in found:
            is_row = isinstance(box, boxes.TableRowBox) and box.element.find("td") is not None
            if is_row or isinstance(box, boxes.BlockBox) and (
                    box.element_tag == "figure" or _has_class(box, "tile")):
                first = seen.setdefault(box.element, number)
                if first != number:
                    yield f"{box.element_tag} “{_words(box)}” is broken over pages {first} and {number}"
            if isinstance(box, (boxes.ReplacedBox, boxes.TableBox)) and (
                    box.position_x + box.width > page._page_box.width + page._page_box.margin_left + 1):
                yield f"page {number}: {box.element_tag} is too wide"


def _has_class(box, name):
    return box.element is not None and name in box.element.get("class", "").split()


def _is_sub(box):
    """A line below a heading that tells what follows."""
    return _has_class(box, "sub") and box.element_tag == "p"


def _words(box):
    return "".join(inner.text for inner in box.descendants() if isinstance(inner, boxes.TextBox))[:60]
