"""Listen where customers speak, and answer there: one file or family of files for each channel."""
