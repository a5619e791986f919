"""The flows by which an owner has something done about an issue that is shown."""
