"""Test notifications: every resident is notified of every entry (promise 2)."""
