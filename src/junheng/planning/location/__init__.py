"""选址模型: the classic location models, each stating its mathematics and source, each proving how far from the best it may be."""
