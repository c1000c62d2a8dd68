"""Decoding, peaks, tags and conversion with PyAV; no Qt."""
