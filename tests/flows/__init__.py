"""Tests of the flows, driven as the front end drives them."""
