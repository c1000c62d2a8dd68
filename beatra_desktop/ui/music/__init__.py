"""The music part of the window."""
