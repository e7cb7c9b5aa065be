"""Makes {{name}}.wasm out of app.py and what it imports."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

subprocess.run(
    [
        Path(sys.executable).with_name("componentize-py"),
        *("--wit-path", "wit", "--world", "step"),
        *("componentize", "app", "--output", "{{name}}.wasm"),
    ],
    cwd=HERE,
    check=True,
)
