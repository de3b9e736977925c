"""How fast Candor is, measured as people run it: whole programs, real files, and counterparts in place of networks."""
