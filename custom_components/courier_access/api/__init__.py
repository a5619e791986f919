"""The handlers of what people can read and do, and their permissions.

They raise ServiceValidationError if the actor may not or an argument doesn't fit, and
HomeAssistantError if the ledger can't be used.
"""
