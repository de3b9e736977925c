"""The nouns of the house and its pure rules: no input, no output, no clock."""
