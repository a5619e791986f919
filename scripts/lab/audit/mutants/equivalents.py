"""Knows the mutants that no test can find, as they change nothing that can be seen, and why.

Each folder has a file of them in `equivalent/`: people judge them, `python -m scripts.lab.audit.mutants` writes them.
"""

import json
from pathlib import Path
import tomllib

from .faults import Mutant

FOLDER = Path(__file__).parent / "equivalent"


def read_equivalents(folder: str) -> dict[str, str]:
    """Return the reasons by the mutants' names."""
    path = FOLDER / f"{folder}.toml"
    if not path.exists():
        return {}
    return {
        mutant: group["reason"]
        for group in tomllib.loads(path.read_text())["because"]
        for mutant in group["mutants"]
    }


def add_equivalent(mutant: Mutant, reason: str) -> None:
    """Note that no test can find a mutant."""
    reasons = read_equivalents(mutant.folder) | {mutant.difference: reason}
    groups: dict[str, list[str]] = {}
    for difference, why in sorted(reasons.items()):
        groups.setdefault(why, []).append(difference)
    lines: list[str] = []
    for why, differences in groups.items():
        lines += ["[[because]]", f"reason = {_string(why)}", "mutants = ["]
        lines += [f"    {_string(difference)}," for difference in differences]
        lines += ["]", ""]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{mutant.folder}.toml").write_text("\n".join(lines))


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
