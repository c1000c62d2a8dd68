"""Use cases: synchronous commands in, observables out. The only place that starts asyncio tasks."""
