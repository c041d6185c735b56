"""What a page shows on screens: widths, sizes, contrast, axe-core, and a server that allows no style."""

import base64
import functools
import http.server
import io
import itertools
import pathlib
import re
import threading

import axe_playwright_python
from PIL import Image

LOOK = (pathlib.Path(__file__).parent / "look.js").read_text()
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()

SMALLEST_TEXT, SMALLEST_LABEL = 11, 9.5
CONTRAST = 4.5
# Of the ground under a line of text, what is less of it than this is the edge of a neighbour.
SHARE = 0.08


def widths(browser, address):
    """Nothing reaches beyond the window, is cut or too small, and each width has its drawings."""
    browser.open(address)
    # 320 is also a window of 640 at a zoom of 200 %, which doubles the pixels of each CSS pixel.
    for width, scale in [(320, 1), (320, 2), (390, 1), (560, 1), (561, 1), (760, 1), (1280, 1)]:
        browser.show(width, scale=scale)
        page = browser.run(f"{LOOK}; look()")
        place = f"at {width} px" + (" zoomed" if scale > 1 else "")
        if page["width"] != width:
            yield f"{place}: the window is {page['width']} px wide"
        if page["scrollWidth"] > width:
            yield f"{place}: scrolls sideways to {page['scrollWidth']} px"
        yield from (f"{place}: {name} is outside" for name in page["outside"][:3])
        yield from (f"{place}: {name} is cut" for name in page["cut"][:3])
        # In between, what a drawing's letters allow decides.
        if width >= 760 and page["narrow"] or width <= 560 and page["wide"] or (
                page["narrow"] and page["wide"]):
            yield f"{place}: {page['wide']} wide and {page['narrow']} narrow drawings"
        if page["wide"] + page["narrow"] == 0:
            yield f"{place}: no drawing is shown"
        yield from (f"{place}: {finding}" for finding in itertools.islice(_sizes(page), 5))


def _sizes(page):
    for text in page["texts"]:
        least = SMALLEST_LABEL if text["drawing"] >= 0 else SMALLEST_TEXT
        if text["size"] < least - 0.01:
            yield f"“{text['text']}” has {text['size']:.1f} px"
    labels = [(box, text["text"], text["drawing"]) for text in page["texts"] if text["drawing"] >= 0
              for box in text["boxes"]]
    for index, (box, name, drawing) in enumerate(labels):
        frame = page["drawings"][drawing]
        if (box["left"] < frame["left"] - 1 or box["right"] > frame["right"] + 1
                or box["top"] < frame["top"] - 2 or box["bottom"] > frame["bottom"] + 2):
            yield f"“{name}” leaves its drawing {frame['id']}"
        for other, another, whose in labels[index + 1:]:
            # Boxes of lines are higher than their letters.
            across = min(box["right"], other["right"]) - max(box["left"], other["left"])
            down = min(box["bottom"], other["bottom"]) - max(box["top"], other["top"])
            if whose == drawing and across > 1 and down > 4:
                yield f"“{name}” and “{another}” overlap in {frame['id']}"


def contrast(browser, address):
    """Every text against what is painted beneath it, by the formula of WCAG."""
    browser.open(address)
    for width in (390, 1280):
        for dark in (False, True):
            browser.show(width, dark=dark)
            browser.run("document.querySelector('.skip')?.focus()")
            page = browser.run(f"{LOOK}; look()")
            browser.run(f"{LOOK}; hideTexts()")
            picture = Image.open(io.BytesIO(base64.b64decode(
                browser.picture(width, page["height"])))).convert("RGB")
            browser.run(f"{LOOK}; showTexts()")
            place = f"at {width} px, {'dark' if dark else 'light'}"
            for text in page["texts"]:
                worst = min((_ratio(text, box, picture) for box in text["boxes"]), default=21)
                if worst < CONTRAST:
                    yield f"{place}: “{text['text'][:60]}” has {worst:.2f}:1"


def _ratio(text, box, picture):
    edges = [round(box[side]) for side in ("left", "top", "right", "bottom")]
    ground = picture.crop((max(0, edges[0]), max(0, edges[1]), min(picture.width, edges[2]),
                           min(picture.height, edges[3])))
    if not ground.width * ground.height:
        return 21
    red, green, blue, alpha = _colour(text["color"])
    alpha *= text["opacity"]
    ratios = [21.0]
    for count, under in ground.getcolors(ground.width * ground.height):
        if count >= SHARE * ground.width * ground.height:
            over = [alpha * own + (1 - alpha) * below
                    for own, below in zip((red, green, blue), under)]
            one, other = sorted((_luminance(over), _luminance(under)))
            ratios.append((other + 0.05) / (one + 0.05))
    return min(ratios)


def _colour(text):
    numbers = [float(number) for number in re.findall(r"[\d.]+", text)]
    if not text.startswith("rgb") or len(numbers) < 3:
        raise ValueError(f"a colour of another kind: {text}")
    return (*numbers[:3], numbers[3] if len(numbers) > 3 else 1)


def _luminance(colour):
    parts = [value / 255 for value in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def axe(browser, address):
    """All rules of axe-core that are not experimental, with its best practices."""
    for width in (390, 1280):
        for dark in (False, True):
            browser.open(address)
            browser.show(width, dark=dark)
            found = browser.run(
                f"{AXE}; axe.run(document, {{resultTypes: ['violations']}}).then(r => "
                "({rules: r.passes.length, violations: r.violations.map(v => v.id + ': ' + v.help + ': '"
                " + v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(' '))}))")
            if found["rules"] < 15:
                yield f"axe-core has looked at {found['rules']} rules only"
            yield from (f"at {width} px, {'dark' if dark else 'light'}: {text}"
                        for text in found["violations"])


class _Strict(http.server.SimpleHTTPRequestHandler):
    """Files under the policy of servers that show what builds made."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'self'")
        super().end_headers()

    def log_message(self, *_):
        pass


def strict(browser, address):
    """Without any style the drawings have their light colours, and only the wide ones show."""
    file = pathlib.Path(address.removeprefix("file://"))
    handler = functools.partial(_Strict, directory=file.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser.show(1280, dark=True)
        browser.open(f"http://127.0.0.1:{server.server_port}/{file.name}", keep_policy=True)
        if browser.run("getComputedStyle(document.querySelector('h1')).fontWeight + document.body"
                       ".computedStyleMap().get('margin-top').value") != "7008":
            yield "the policy does not hold: the page has its own style"
        page = browser.run(f"{LOOK}; look()")
        if page["narrow"] or not page["wide"]:
            yield f"{page['wide']} wide and {page['narrow']} narrow drawings"
        yield from browser.run(f"{LOOK}; unpainted()")[:5]
        server.shutdown()
