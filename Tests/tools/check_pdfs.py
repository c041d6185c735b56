"""What is in PDFs that were printed from a page: takes the page and the PDFs, and prints what it found as JSON, one each."""

import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pikepdf
from pdfua import validate


class _Drawings(html.parser.HTMLParser):
    """The words of the drawings that are shown on paper: of figures and in cells, and of decoration."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.named, self.decoration, self.headings = [], [], []
        self.narrow = self.title = None
        self.depth = 0
        self.into = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "div":
            self.depth += 1
            if attributes.get("class") == "n":
                self.narrow = self.depth
        if tag == "svg" and self.narrow is None:
            self.title = self.decoration if attributes.get("aria-hidden") else self.named
        if tag == "title" and self.title is not None:
            self.title.append("")
            self.into = self.title
        if re.fullmatch("h[1-6]", tag):
            self.headings.append("")
            self.into = self.headings

    def handle_endtag(self, tag):
        if tag == "div":
            if self.narrow == self.depth:
                self.narrow = None
            self.depth -= 1
        if tag == "svg":
            self.title = None
        if tag == "title" or re.fullmatch("h[1-6]", tag):
            self.into = None

    def handle_data(self, data):
        if self.into is not None:
            self.into[-1] += data


def _tool(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def _untagged(pdf, folder):
    """The lines of text outside of any marked content, by page."""
    for page in pdf.pages:
        depth, kept = 0, []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            if not (depth and operator in ("Tj", "TJ", "'", '"')):
                kept.append(instruction)
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(
            [one for one in kept if str(one.operator) not in ("BDC", "BMC", "EMC")]))
    file = pathlib.Path(folder) / "untagged.pdf"
    pdf.save(file)
    return [[" ".join(line.split()) for line in page.splitlines() if line.strip()]
            for page in _tool("pdftotext", "-layout", file, "-").split("\f")[:-1]]


def _outline(items):
    for item in items:
        yield item.title
        yield from _outline(item.children)


def _look(file, drawings):
    with pikepdf.open(file) as pdf, tempfile.TemporaryDirectory() as folder:
        figures = [str(one["/Alt"]) if "/Alt" in one else None for one in pdf.objects
                   if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        with pdf.open_outline() as outline:
            titles = list(_outline(outline.root))
        return {
            "rules": sorted({finding.rule_id for finding in validate(file).findings}),
            "isTagged": bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)),
            "title": str(pdf.docinfo.get("/Title", "")),
            "language": str(pdf.Root.get("/Lang", "")),
            "created": str(pdf.docinfo.get("/CreationDate", "")),
            "pages": len(pdf.pages),
            "figures": [alt for alt in figures if alt is None or alt not in drawings.decoration],
            "drawings": drawings.named,
            "outline": titles,
            "headings": drawings.headings,
            "fonts": _tool("pdffonts", file).splitlines()[2:],
            "untagged": _untagged(pdf, folder),
        }


if __name__ == "__main__":
    reader = _Drawings()
    reader.feed(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(json.dumps([_look(file, reader) for file in sys.argv[2:]]))
