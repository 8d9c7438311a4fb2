"""选址: the classic models of where to put what serves people, each with a plan and a proven bound.

p_median     total distance with p sites open           own search + Lagrangian bound + HiGHS to finish
p_center     the longest way with p sites open          bisection over distances, set covering in HiGHS
max_cover    most people within a distance, p sites     HiGHS
capacitated  opening costs, capacities; a place may be split between sites, or not
"""

from junheng.planning.location.answer import Located
from junheng.planning.location.capacitated import capacitated
from junheng.planning.location.covering import max_cover, p_center
from junheng.planning.location.median import p_median

__all__ = ["Located", "capacitated", "max_cover", "p_center", "p_median"]
