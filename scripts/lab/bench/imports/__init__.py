"""Where Home Assistant imports the integration: `sitecustomize` notes it, before anything else runs."""

FILE = "imports.txt"
"""In Home Assistant's folder: the thread and the name of each module of the integration."""
