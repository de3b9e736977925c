"""A day at a small bakery that turns bad in the afternoon: everybody in it is invented, and so is the bakery."""
