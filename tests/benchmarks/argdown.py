"""Read 1 MB of Argdown beside the official parser, in the same run.

By hand: ``ARGDOWN=FOLDER python tests/benchmarks/argdown.py [ROUNDS]``, where
``npm install @argdown/core`` was run in that folder.

Each round starts a process of either, in turn, and gives it the same text. Told is the processor
time of the whole process that reads it once, of the first reading in it, and of the fastest of ten
more, when Node has compiled what it runs; of several rounds the fastest counts. "text to model" is
what the official parser does: statements, arguments, relations, sections, data. "loads" goes on to
a validated map.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SIZE = 1_000_000
SAID = (
    "the of people should because tax cats policy never always however evidence shows that claim "
    "argument against for many most reasonable degree 2019 they're it's"
)

OURS = """
import sys, time
from pathlib import Path
text = Path(sys.argv[1]).read_text(encoding="utf-8")
if sys.argv[2] == "loads":
    from argumap.formats.argdown import loads as read
else:
    from argumap.formats.argdown.parser import parse as read
spent = []
for _ in range(11):
    start = time.process_time()
    read(text)
    spent.append(time.process_time() - start)
    if len(spent) == 1:
        whole = time.process_time()
print(whole, spent[0], min(spent[1:]))
"""
THEIRS = """
import { argdown } from "@argdown/core";
import { readFileSync } from "fs";
const input = readFileSync(process.argv[2], "utf8");
const now = () => { const t = process.cpuUsage(); return (t.user + t.system) / 1e6; };
const spent = [];
let whole;
for (let n = 0; n < 11; n++) {
  const start = now();
  argdown.run({ input, process: ["parse-input", "build-model"], logLevel: "error" });
  spent.push(now() - start);
  whole ??= now();
}
console.log(whole, spent[0], Math.min(...spent.slice(1)));
"""


def made(size: int) -> str:
    """Return Argdown of that many characters, with all that people write in it."""
    rng = random.Random(1)
    said = SAID.split()
    blocks: list[str] = []
    length = number = 0

    def words() -> str:
        chosen = " ".join(rng.choice(said) for _ in range(rng.randint(6, 18)))
        return chosen.capitalize() + rng.choice([".", ".", "!", ", *indeed* so.", " #tag."])

    while length < size:
        number += 1
        before = max(1, number - 3)
        if number % 20 == 1:
            block = f"# Section {number} #tag{number % 7}\n\n"
        elif rng.random() < 0.6:
            block = (
                f"[S{number}]: {words()}\n  + <A{number}>: {words()}\n    - <B{number}>: {words()}"
                f"\n    -> [S{before}]\n  - {words()}\n\n"
            )
        else:
            block = (
                f"<P{number}>: {words()}\n\n(1) [S{number}]: {words()}\n(2) {words()}\n--\n"
                f"Modus ponens {{uses: [1,2]}}\n--\n(3) [S{before}]: {words()}\n\n"
            )
        blocks.append(block)
        length += len(block)
    return "".join(blocks)


def times(command: list[str], folder: Path) -> list[float]:
    """Return the times that a process tells."""
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, encoding="utf-8")
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    """Print the table."""
    home = os.environ.get("ARGDOWN")
    node = shutil.which("node")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "made.argdown"
        path.write_text(made(SIZE), encoding="utf-8")
        commands = {
            "argumap, text to model": [sys.executable, "-c", OURS, str(path), "parse"],
            "argumap, loads": [sys.executable, "-c", OURS, str(path), "loads"],
        }
        if home and node:
            (folder / "node_modules").symlink_to(Path(home).resolve() / "node_modules")
            (folder / "official.mjs").write_text(THEIRS, encoding="utf-8")
            commands["@argdown/core, text to model"] = [node, "official.mjs", str(path)]
        rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
        found: dict[str, list[list[float]]] = {title: [] for title in commands}
        for _ in range(rounds):
            for title, command in commands.items():
                found[title].append(times(command, folder))
        print(f"{path.stat().st_size / 1e6:.2f} MB of Argdown; seconds of processor time")
        print(f"{'':30} {'process':>8} {'first':>8} {'warm':>8}")
        for title, each in found.items():
            best = [min(column) for column in zip(*each, strict=True)]
            print(f"{title:30} " + " ".join(f"{seconds:8.3f}" for seconds in best))


if __name__ == "__main__":
    main()
