#!/usr/bin/env python3
"""Compares reports of hostile names with one of tame names, and prints what differs as JSON.

Usage: .build-tools/bin/python Tests/tools/check_names.py FOLDER

FOLDER holds reports by number, 0 the tame one: N.names.json, the names by place; N.weekly.html; N.weekly.md; and of some
N.charts-*.svg and N.charts-*.png. All have the same names in the same places, so that they must have the same elements.
"""

import collections
import io
import json
import pathlib
import re
import sys
import unicodedata
import xml.etree.ElementTree

from markdown_it import MarkdownIt
from PIL import Image

import devtools

TREE = (pathlib.Path(__file__).parent / "names.js").read_text()
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
BREAKS = {"text", "softbreak"}
# Headings cut names longer than that, and everything those that are far too long.
LONG, LONGEST = 24, 150


def seen(text):
    """What must be seen of a text: no spaces, which may be broken, and nothing that cannot be seen."""
    # Plain text has hyphens for minus signs.
    return "".join(c for c in text.replace("−", "-")
                   if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cn"))


def is_hidden(text):
    """Whether any of its marks could hide or turn around what stands near it."""
    return re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", text)


def counted(names, text):
    """By place, how often the name is in the text."""
    text = seen(text)
    return [text.count(seen(name)) if seen(name) else None for name in names]


def fewer(names, counts, text):
    """Names that are not in the text as often as the tame name of their place is."""
    # Sentences are cut at some length, so that nothing is asked of those that name what is far too long.
    if any(len(name) > LONGEST for name in names):
        return
    for place, (name, least, count) in enumerate(zip(names, counts, counted(names, text))):
        if len(name) > LONG:
            least = min(least, 1)
        if count is not None and count < least:
            yield f"{name[:80]!r}, name {place}, is shown {count} times instead of {least}"


def markdown(text):
    """The shape of a document, line breaks aside, and its text."""
    shape, texts = [], []
    for token in READER.parse(text):
        shape.append(token.type + token.markup if token.type == "heading_open" else token.type)
        for part in token.children or []:
            if part.type not in BREAKS:
                shape.append(part.type + str(part.attrGet("src") or part.attrGet("href") or ""))
            texts.append(part.content if not part.children else "")
    return shape, "".join(texts)


def findings(folder):
    def read(number, name):
        return (folder / f"{number}.{name}").read_bytes().decode("utf-8")

    reports = sorted(int(file.name.split(".")[0]) for file in folder.glob("*.names.json"))
    with devtools.Browser() as browser:
        tame = json.loads(read(0, "names.json"))
        page = browser.run(f"{TREE}; tree({json.dumps(read(0, 'weekly.html'))})")
        on_page = counted(tame, page["text"])
        shape, text = markdown(read(0, "weekly.md"))
        in_text = counted(tame, text)
        if sum(map(bool, on_page)) < 25 or sum(map(bool, in_text)) < 20:
            yield f"few tame names are shown: {on_page} {in_text}"
        for number in reports[1:]:
            names = json.loads(read(number, "names.json"))
            source = read(number, "weekly.html")
            found = browser.run(f"{TREE}; tree({json.dumps(source)})")
            if is_hidden(source):
                yield f"{number}.html: a control character, or one of direction"
            if found["shape"] != page["shape"]:
                yield f"{number}.html: {_difference(found['shape'], page['shape'])}"
            if other := set(found["drawn"]) - set(page["drawn"]):
                yield f"{number}.html: drawn besides: {sorted(other)}"
            if found["scripts"] or found["comments"]:
                yield f"{number}.html: scripts or comments"
            yield from (f"{number}.html: {text}" for text in fewer(names, on_page, found["text"]))
            source = read(number, "weekly.md")
            if is_hidden(source):
                yield f"{number}.md: a control character, or one of direction"
            there, text = markdown(source)
            if there != shape:
                at = next((i for i, (a, b) in enumerate(zip(there, shape)) if a != b), -1)
                yield f"{number}.md: {there[at:at + 3]} instead of {shape[at:at + 3]}: {names[:3]}"
            yield from (f"{number}.md: {text}" for text in fewer(names, in_text, text))
            if address := re.search(r"(?i)(^|[\s(*_~\[])(www\.|https?://|ftp://).{,20}", source):
                yield f"{number}.md: forges make a link of {address.group()!r}"
            if mention := re.search(r"(?<![\\&])[@#]\w+", source):
                yield f"{number}.md: forges may make a link of {mention.group()!r}"
    for file in sorted(folder.glob("*.svg")):
        try:
            xml.etree.ElementTree.parse(file)
        except xml.etree.ElementTree.ParseError as error:
            yield f"{file.name}: {error}"
    pictures = [Image.open(io.BytesIO(file.read_bytes())) for file in sorted(folder.glob("*.png"))]
    yield from (f"a picture of {picture.size}" for picture in pictures
                if picture.size[0] != pictures[0].size[0])
    if len(pictures) < 10:
        yield f"{len(pictures)} pictures"


def _difference(one, other):
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, at - 40):at + 60]}… instead of …{other[max(0, at - 40):at + 60]}…"


json.dump(list(findings(pathlib.Path(sys.argv[1]))), sys.stdout, ensure_ascii=True)
