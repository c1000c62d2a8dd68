"""The uploads part of the window."""
