"""The activity centre: everything in flight and done, in one table."""
