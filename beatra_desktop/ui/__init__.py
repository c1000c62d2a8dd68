"""Qt widgets: synchronous, thin, and the only folder with wording."""
