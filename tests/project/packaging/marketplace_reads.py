"""Says in JSON what the Marketplace of a real Home Assistant makes of repositories, for `test_marketplace.py`.

It runs in the environment of the demo, since the test harness carries a release without the Marketplace.
Arguments: a folder to which an integration was unpacked, and the `hacs.json` of each repository.
"""

import json
from pathlib import Path
import sys

from homeassistant.components.marketplace.repositories.base import RepositoryManifest
from homeassistant.components.marketplace.repositories.integration import (
    _check_loadable_manifest,
)
from homeassistant.components.marketplace.utils.validate import (
    INTEGRATION_MANIFEST_VALUES,
    REPOSITORY_MANIFEST_VALUES,
)

unpacked, *repositories = map(Path, sys.argv[1:])
_check_loadable_manifest(unpacked, unpacked.name)
integration = json.loads((unpacked / "manifest.json").read_text())
read = [json.loads(repository.read_text()) for repository in repositories]
json.dump(
    {
        "integration": {
            key: known(integration[key])
            for key, known in INTEGRATION_MANIFEST_VALUES.items()
        },
        "repositories": [RepositoryManifest.from_dict(each).manifest for each in read],
        "unknown": [
            sorted(each.keys() - REPOSITORY_MANIFEST_VALUES.keys()) for each in read
        ],
    },
    sys.stdout,
)
