"""The web desk keeps its promises."""
