"""学校布局: which schools to open, expand, keep, merge or close over several periods, so that every child has a lawful way."""
