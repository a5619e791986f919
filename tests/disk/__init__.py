"""A building whose disk fails, or whose ledger is damaged or gone."""
