"""交流轮岗的数学模型: one school year, or several planned together.

Sets       Y school years; T_y teachers who are eligible in year y if nobody has gone before; S schools; K subjects; A ⊆ T×S moves:
           another school of the teacher's stage, within the commuting limit of the home (or, where that is not told, of the
           present school); y(t) years a move made in y lasts: y … y+L−1 (L: 任期)
Data       h_sk teachers, [n⁻_sk, n⁺_sk] need (staffing.subjects); g_sk = ⌈n⁻_sk − h_sk⌉⁺ gap; b_t backbone; a_t times rotated before;
           r_tsy worth of the move for the teacher's career: a rural or weak school reached in time for 高级职称 (1 year) or 校长 (3)
Variables  x_tsy ∈ {0,1} t goes to s in y;  0 ≤ c_sky ≤ g_sk gap closed;  u_y, v_y ≥ 0 what is missing of (1), (2);  f ≥ 0
           X_tsy = Σ_{y−L<y'≤y} x_tsy' is there in y;  in, out by school and subject are sums of X
Minimise   −1000 Σ c_sky + Σ x_tsy (100 a_t + 20 [s is neither rural nor weak] + km_ts − r_tsy) + 500 f + 10⁵ Σ (u_y + v_y)     (0)
           gaps first, then who has gone least often, then careers, towards rural and weak schools, short ways
subject to Σ x_tsy + u_y ≥ σ (|T_y| − Σ_{t∈T_y, y'<y} x_tsy')        σ = 10 % of the eligible who have not gone yet     (1)
           Σ b_t x_tsy + v_y ≥ β Σ x_tsy             β = 20 % of those who go in y are backbone teachers                 (2)
           Σ_sy x_tsy ≤ 1                            nobody goes twice before the plan ends                              (3)
           c_sky ≤ in_sky − out_sky                  a gap is closed by who is there on balance                          (4)
           h + in − out ≥ min(h, ⌈n⁻⌉);  in − out ≤ (max(⌈n⁻⌉, ⌊n⁺⌋) − h)⁺   nobody is made short, nobody over, in any year   (5)
           out_sy ≤ ⌊μ h_s⌋                          a school keeps most of its teachers, in any year                    (6)
           X_t·y + X_t'·y ≤ 1                        couples are not both away in one year                               (7)
           Σ x_tsy ≤ ⌊M |T_y|⌋                       no more than the county can bear (never below (1))                  (8)
           Σ_{t of j, s, y} x_tsy ≤ f h_j            f: the largest share of its teachers a school sends: the burden is spread   (9)
Where the need of a school is not known, (5) lets it exchange only. u or v above nought in the answer means that the shares
cannot be reached; the plan then says so. σ, β: 教督〔2017〕6号 第七条; the rest are parameters (待核). The weights of (0) are a
design: a gap is worth any way within the limit. Needs are those of today in every year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from junheng.common.stages import Stage
from junheng.planning.parameters import Parameters
from junheng.planning.staffing.careers import Career, CareerCheck
from junheng.planning.staffing.subjects import Need


@dataclass(frozen=True)
class Teacher:
    """number: pseudonymous, 教师编号. subject: of the curriculum's, as `subject_of` names it. years_here: at the present
    school without a break, None = not told. exempt: why, "" = not. spouse: number of the husband or wife who teaches too.
    times: rotations before, None = not told (taken as one, and said so); longitude, latitude: of the home. career: what rules
    are asked of, None = none."""

    number: str
    school: str
    stage: Stage
    subject: str
    years_here: float | None
    is_backbone: bool = False
    exempt: str = ""
    spouse: str = ""
    times: int | None = 0
    born: date | None = None
    sex: str = ""
    longitude: float | None = None
    latitude: float | None = None
    career: Career | None = None


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
    """needs: by school and subject; what is not in it is not known. school_year: the first one planned for; years: how many."""

    teachers: Sequence[Teacher]
    schools: Sequence[RotationSchool]
    needs: Sequence[Need]
    school_year: int
    parameters: Parameters
    seconds: float = 60.0
    years: int = 1


@dataclass(frozen=True)
class Move:
    """school_year: in which it begins. distance_km: from home, or the present school, straight. why: Chinese."""

    number: str
    from_school: str
    to_school: str
    subject: str
    is_backbone: bool
    distance_km: float
    closes_gap: bool
    why: str
    school_year: int


@dataclass(frozen=True)
class YearReached:
    """One school year of the plan. eligible: who may be asked, without those the plan has sent before; target: (1), whole;
    reached: whether (1) and (2) hold; closed: of the subject gaps, whole teachers."""

    school_year: int
    eligible: int
    target: int
    sent: int
    backbone: int
    closed: int
    reached: bool


@dataclass(frozen=True)
class CareerAfter:
    """A teacher a career rule is asked of: before, and at the end of the plan. gained: years at rural or weak schools."""

    before: CareerCheck
    after: CareerCheck
    gained: int


@dataclass(frozen=True)
class RotationPlan:
    """moves: by year, in the order of the teachers. gaps: subject gaps of today, whole teachers. objective, bound: of (0). left_out:
    why a teacher is not eligible in any year of the plan, by number (as of the first)."""

    request: RotationRequest
    moves: Sequence[Move]
    years: Sequence[YearReached]
    gaps: int
    objective: float
    bound: float
    careers: Sequence[CareerAfter] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """Absolute: how much lower (0) may be at most, in units of a kilometre."""
        return max(0.0, self.objective - self.bound)

    @property
    def reached(self) -> bool:
        return all(each.reached for each in self.years)

    @property
    def first_year(self) -> Sequence[Move]:
        return [each for each in self.moves if each.school_year == self.request.school_year]
