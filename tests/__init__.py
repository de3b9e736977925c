"""The tests of Candor."""
