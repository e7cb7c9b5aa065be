"""Makes postmortem.wasm out of app.py and what it imports."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# The contract with steps: a copy of Iris's folder `wit`, or the folder itself.
WIT = os.environ.get("IRIS_WIT", HERE / "../../../wit")

subprocess.run(
    [
        Path(sys.executable).with_name("componentize-py"),
        *("--wit-path", WIT, "--world", "step"),
        *("componentize", "app", "--output", "postmortem.wasm"),
    ],
    cwd=HERE,
    check=True,
)
print(f"postmortem.wasm: {(HERE / 'postmortem.wasm').stat().st_size} bytes")
