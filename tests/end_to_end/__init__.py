"""Promises about the whole of Candor: from a customer's post to the reply, and back."""
