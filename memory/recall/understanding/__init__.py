"""From a question's words to what it means: times, applications, sites, people, kinds, what it leaves out."""
