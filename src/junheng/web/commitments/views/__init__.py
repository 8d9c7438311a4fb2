"""Pages of the ledger of commitments."""
