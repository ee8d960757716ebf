"""3 Quote: what is offered, in revisions; a sent revision is frozen."""
