"""Chats on their way out and in: documents for people, archives and imports."""
