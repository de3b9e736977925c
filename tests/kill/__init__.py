"""A process that dies at the worst moment loses nothing and says nothing twice."""
