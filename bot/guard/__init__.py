"""The guard: what we cannot stand behind in public."""
