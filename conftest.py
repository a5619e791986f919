"""Makes this repository's custom_components the one the test harness finds."""

import custom_components  # noqa: F401
