"""What happened: the journal of acts, the case, and the edition it is pinned to."""
