"""Solvers take seconds an example: the same examples every time, so that a red run can be run again, and no hours of shrinking."""

from hypothesis import Phase, settings

settings.register_profile("solvers", derandomize=True, deadline=None, phases=(Phase.explicit, Phase.generate))
settings.load_profile("solvers")
