"""From question to answer: understood, retrieved, ranked, cited. It changes nothing and invents nothing."""
