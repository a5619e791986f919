"""Read the published test vectors (docs/courier-api/README.md#the-vectors)."""

import json
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs" / "courier-api"

VECTORS: dict[str, Any] = json.loads((DOCS / "vectors.json").read_text("utf-8"))
