"""填报: what schools and counties hand in, its versions and findings, the live verdict, the frozen releases of counties."""
