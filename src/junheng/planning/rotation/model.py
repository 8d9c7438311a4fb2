"""交流轮岗的数学模型.

Sets       T teachers who are eligible; S schools; K subjects; A ⊆ T×S moves: another school of the teacher's stage, within the
           commuting limit of the home (or, where that is not told, of the present school)
Data       h_sk teachers, [n⁻_sk, n⁺_sk] need (staffing.subjects); g_sk = ⌈n⁻_sk − h_sk⌉⁺ gap; b_t backbone; a_t times rotated before
Variables  x_ts ∈ {0,1} t goes to s;  0 ≤ c_sk ≤ g_sk gap closed;  u, v ≥ 0 what is missing of (1), (2)
Minimise   −1000 Σ c_sk + Σ x_ts (100 a_t + 20 [s is neither rural nor weak] + km_ts) + 10⁵ (u + v)                    (0)
           gaps first, then who has gone least often, then towards rural and weak schools, then short ways
subject to Σ x_ts + u ≥ ⌈σ |T|⌉                         σ = 10 % of the eligible                                     (1)
           Σ b_t x_ts + v ≥ β Σ x_ts                    β = 20 % of those who go are backbone teachers                (2)
           Σ_s x_ts ≤ 1                                 every t                                                       (3)
           c_sk ≤ in_sk − out_sk                        a gap is closed by who stays on balance                       (4)
           h + in − out ≥ min(h, ⌈n⁻⌉);  in − out ≤ (max(⌈n⁻⌉, ⌊n⁺⌋) − h)⁺   nobody is made short, nobody over         (5)
           out_s ≤ ⌊μ h_s⌋                              a school keeps most of its teachers                           (6)
           x_t· + x_t'· ≤ 1                             couples do not both go in one year                            (7)
           Σ x_ts ≤ ⌊M |T|⌋                             no more than the county can bear (never below (1))            (8)
Where the need of a school is not known, (5) lets it exchange only. u or v above nought in the answer means that the shares
cannot be reached; the plan then says so. σ, β: 教督〔2017〕6号 第七条; the rest are parameters (待核). The weights of (0) are a
design: a gap is worth any way within the limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from junheng.common.stages import Stage
from junheng.planning.parameters import Parameters
from junheng.planning.staffing.subjects import Need


@dataclass(frozen=True)
class Teacher:
    """number: pseudonymous, 教师编号. subject: of the curriculum's, as `subject_of` names it. years_here: at the present
    school without a break, None = not told. exempt: why, "" = not. spouse: number of the husband or wife who teaches too.
    times: rotations before; longitude, latitude: of the home."""

    number: str
    school: str
    stage: Stage
    subject: str
    years_here: float | None
    is_backbone: bool = False
    exempt: str = ""
    spouse: str = ""
    times: int = 0
    born: date | None = None
    sex: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class RotationSchool:
    """is_weak: rural or weak (乡村或薄弱)."""

    code: str
    name: str
    stages: tuple[Stage, ...]
    is_weak: bool
    longitude: float
    latitude: float


@dataclass(frozen=True)
class RotationRequest:
    """needs: by school and subject; what is not in it is not known. school_year: the one planned for."""

    teachers: Sequence[Teacher]
    schools: Sequence[RotationSchool]
    needs: Sequence[Need]
    school_year: int
    parameters: Parameters
    seconds: float = 60.0


@dataclass(frozen=True)
class Move:
    """distance_km: from home, or the present school, straight. why: Chinese."""

    number: str
    from_school: str
    to_school: str
    subject: str
    is_backbone: bool
    distance_km: float
    closes_gap: bool
    why: str


@dataclass(frozen=True)
class RotationPlan:
    """moves: in the order of the teachers. eligible: how many; target: (1); reached: whether (1) and (2) hold. closed, gaps: of
    subject gaps, whole teachers. objective, bound: of (0). left_out: why a teacher is not eligible, by number."""

    request: RotationRequest
    moves: Sequence[Move]
    eligible: int
    target: int
    reached: bool
    closed: int
    gaps: int
    objective: float
    bound: float
    left_out: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """Absolute: how much lower (0) may be at most, in units of a kilometre."""
        return max(0.0, self.objective - self.bound)
