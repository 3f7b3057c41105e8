"""From what is meant to ranked moments: channels, one score with its reasons, a second look where unsure."""
