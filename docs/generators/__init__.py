"""One module per generated part of the documentation; each has `pages() -> {file name: markdown}`."""
