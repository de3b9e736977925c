"""How a customer's post sounds: language, polarity, excitement, flags, and how sure we are."""
