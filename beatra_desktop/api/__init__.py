"""The beatra HTTP API in typed calls; knows nothing of the app."""
