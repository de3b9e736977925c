"""How the judge was taught: everything in `bot/tone` that was not written by hand can be made anew from here."""
