"""The last word on an answer: held against the ledger anew, by code of its own, and graded."""
