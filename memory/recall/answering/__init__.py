"""From ranked moments to an answer with citations, or to why there is none."""
