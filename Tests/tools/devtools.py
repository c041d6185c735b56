"""A Chromium without a window, driven by the DevTools protocol."""

import json
import os
import shutil
import subprocess
import tempfile
import time

import websocket


class Browser:
    """One browser with one tab; a context manager, so that neither outlives the work."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="sloreport-browser-")
        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--font-render-hinting=none", "--force-color-profile=srgb",
             "--disable-background-networking", "--disable-component-update", "--no-first-run",
             "--remote-debugging-port=0", "--remote-allow-origins=*",
             f"--user-data-dir={self.profile}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": self.profile})
        port, path = self._address()
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}{path}", timeout=900, suppress_origin=True)
        self.number = 0
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        return self

    def __exit__(self, *_):
        try:
            self.session = None
            self.call("Browser.close")
            self.process.wait(timeout=100)
        except Exception:
            self.process.kill()
            self.process.wait()
        # Its last processes may still write there.
        for _ in range(50):
            shutil.rmtree(self.profile, ignore_errors=True)
            if not os.path.exists(self.profile):
                break
            time.sleep(0.1)

    def _address(self):
        """Chromium writes its port and path into a file once it listens."""
        for _ in range(9000):
            try:
                with open(f"{self.profile}/DevToolsActivePort") as file:
                    lines = file.read().splitlines()
                if len(lines) == 2:
                    return lines
            except FileNotFoundError:
                pass
            time.sleep(0.1)
        raise TimeoutError("chromium does not start")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.socket.send(json.dumps(message))
        return self._wait(lambda answer: answer.get("id") == self.number)["result"]

    def _wait(self, is_it):
        while True:
            answer = json.loads(self.socket.recv())
            if "error" in answer:
                raise RuntimeError(answer["error"])
            if is_it(answer):
                return answer

    def open(self, address, keep_policy=False):
        """Loads a page; without its own policy unless told to keep it, so that changed pages have their style."""
        self.call("Page.setBypassCSP", enabled=not keep_policy)
        self.call("Page.navigate", url="about:blank")
        self._loaded()
        self.call("Page.navigate", url=address)
        self._loaded()

    def _loaded(self):
        self._wait(lambda answer: answer.get("method") == "Page.loadEventFired")

    def show(self, width, dark=False, paper=False, scale=1):
        """The size of the window in CSS pixels, the colours, the medium, and how large a CSS pixel is."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=scale, mobile=width < 561)
        self.call("Emulation.setEmulatedMedia", media="print" if paper else "", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def run(self, script):
        """The value of an expression, or of the promise that it makes."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def picture(self, width, height):
        return self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "width": width, "height": height, "scale": 1})["data"]

    def print(self):
        return self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
