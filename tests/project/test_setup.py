"""What `scripts/setup` finds on a machine."""

import os
from pathlib import Path
import subprocess

ROOT = Path(__file__).parents[2]
LIBRARIES = """#!/bin/sh
echo '	libfuse3.so.4 (libc6,x86-64) => /lib/libfuse3.so.4'
i=0
while [ $i -lt 3000 ]; do
    echo '	another library that the machine has (libc6,x86-64)' || exit 1
    i=$((i + 1))
done
"""


def _finds_fuse(programs: Path, libraries: str) -> bool:
    for name, text in {"fusermount3": "#!/bin/sh\n", "ldconfig": libraries}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    found = subprocess.run(
        ["bash", "-c", f"source {ROOT}/scripts/setup && installed_fuse"],
        env={"PATH": f"{programs}:{os.environ['PATH']}"},
        check=False,
    )
    return found.returncode == 0


def test_library_is_found_before_a_long_list_of_others(tmp_path: Path) -> None:
    assert _finds_fuse(tmp_path, LIBRARIES)
    assert not _finds_fuse(tmp_path, LIBRARIES.replace("libfuse3", "libother"))
