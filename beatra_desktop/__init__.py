"""Beatra Desktop: a desktop app for the beatra AI API."""

__version__ = "0.1.0"
