"""The handlers of what people can read and do, and their permissions."""
