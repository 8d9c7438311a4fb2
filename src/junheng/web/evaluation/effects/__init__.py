"""What happens besides, inside the transaction of a transition: what is frozen, and what is refused."""
