"""Parts that pages are made of; they show what they are given and ask for nothing themselves."""
