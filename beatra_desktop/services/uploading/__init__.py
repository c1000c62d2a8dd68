"""What happens between a drop and an artifact: looking, hashing, waiting for a turn, sending."""
