"""The shell of every wizard and what its pages promise."""
