"""入学: lotteries anybody can recompute, places for every child, balanced classes."""
