"""Words for a reply: drafted here, never sent from here."""
