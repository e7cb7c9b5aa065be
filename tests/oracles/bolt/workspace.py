"""A simulated workspace with a bot in it, each in a process of its own."""

import json
import os
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
PATIENCE = 20


class Workspace:
    """Acts as its people and sees what they see; `heard` is what the bot says of it.

    `folder` has the workspace's `sim.toml` and the bot.
    """

    def __init__(
        self, serve: str, bot: list[str], over_sockets: bool, folder: Path = HERE
    ) -> None:
        self.over_sockets = over_sockets
        port, self.at = free_port(), f"127.0.0.1:{free_port()}"
        addresses = f'listen = "{self.at}"\n'
        if over_sockets:
            addresses += "socket_mode = true\n"
        else:
            addresses += f'app_url = "http://127.0.0.1:{port}/slack/events"\n'
        with tempfile.NamedTemporaryFile("w", suffix=".toml", delete=False) as file:
            file.write(addresses + (folder / "sim.toml").read_text(encoding="utf-8"))
        self.log = tempfile.TemporaryFile("w+")
        self.serving = subprocess.Popen([serve, file.name], stdout=subprocess.PIPE, text=True)
        lines = 5 if over_sockets else 4
        printed = (self.serving.stdout.readline().strip().partition("=") for _ in range(lines))
        known = {name: value for name, _, value in printed}
        environment = os.environ | known | {"PORT": str(port)}
        self.bot = subprocess.Popen(
            bot, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        self.heard: list[dict] = []
        threading.Thread(target=self._listen, daemon=True).start()
        if over_sockets:
            wait("the bot has a socket", lambda: self.sockets()["open"])
        else:
            wait("the bot listens", lambda: listens(port))

    def stop(self) -> None:
        for process in (self.bot, self.serving):
            process.kill()
            process.wait()

    def last_words(self) -> str:
        """What the bot wrote into its log, at its end."""
        self.log.seek(0)
        return "".join(self.log.readlines()[-40:])

    def act(self, person: str, act: str, **more: object) -> dict:
        return self.post(f"as/{person}", {"act": act, **more})

    def sockets(self) -> dict:
        return self.get("sockets")

    def state(self, person: str) -> dict:
        return self.get(f"state?as={person}")

    def get(self, path: str) -> object:
        with urllib.request.urlopen(f"http://{self.at}/sim/{path}") as answer:
            return json.load(answer)

    def post(self, path: str, body: dict) -> dict:
        request = urllib.request.Request(
            f"http://{self.at}/sim/{path}",
            json.dumps(body).encode(),
            {"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request) as answer:
                said = answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path} {body}: {error.read().decode()}") from None
        return json.loads(said) if said else {}

    def hears(self, what: str) -> dict:
        """The bot says this, if it has not yet it will."""
        wait(f"the bot says {what}", lambda: any(one["said"] == what for one in self.heard))
        found = next(one for one in self.heard if one["said"] == what)
        self.heard.remove(found)
        return found

    def _listen(self) -> None:
        for line in self.bot.stdout:
            if line.startswith("{"):
                self.heard.append(json.loads(line))


def wait(what: str, done: Callable[[], object]) -> object:
    end = time.monotonic() + PATIENCE
    while not (found := done()):
        if time.monotonic() > end:
            raise AssertionError(f"in vain: {what}")
        time.sleep(0.02)
    return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def listens(port: int) -> bool:
    with socket.socket() as peer:
        return peer.connect_ex(("127.0.0.1", port)) == 0
