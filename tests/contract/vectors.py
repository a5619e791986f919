"""The published test vectors, as the tests of the contract read them."""

import json
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs" / "courier-api"

VECTORS: dict[str, Any] = json.loads((DOCS / "vectors.json").read_text("utf-8"))
