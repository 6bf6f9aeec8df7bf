"""How many women there are: pure estimators over counts and pair evidence, without names or database."""
