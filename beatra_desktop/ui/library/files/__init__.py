"""Uploaded files, as the library lists them."""
