"""Money: price lists, clauses, payers and the ledger of a solved plan."""
