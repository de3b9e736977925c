"""The web desk: a quiet room for hard decisions."""
