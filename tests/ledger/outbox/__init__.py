"""Tests of the outbox: who is notified, and the delivery status."""
