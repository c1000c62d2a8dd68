"""The beatra API served locally; shares no code with the client."""
