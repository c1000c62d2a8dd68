"""Exporting and importing chats."""
