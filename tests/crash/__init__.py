"""Tests that kill a real Home Assistant and observe it from outside."""
