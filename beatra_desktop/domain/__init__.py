"""Pure data and rules: records, state machines, validation. Standard library and psygnal only."""
