"""Above all stages: the commands a person gives, what spans several stages at once, and where a deal stands."""
