"""佐证: files tied to a criterion, checked, stored by hash, previewed, versioned."""
