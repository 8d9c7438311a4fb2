"""The operations, one router per room of the site."""
