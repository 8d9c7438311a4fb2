"""差异系数 gauges: a bar with the limit as a line, as inline SVG; hatched where it is undecided."""

from __future__ import annotations

from markupsafe import Markup

from junheng.judging.result import BalanceVerdict, StageVerdict, Verdict

_WIDTH, _HEIGHT = 320, 20


def scale_of(stage: StageVerdict) -> float:
    """The right end of a stage's gauges: one scale for all, so that bars can be compared; an outlier is cut off."""
    limits = [float(each.limit.value) for each in stage.balance]
    longest = max((_bar(each) for each in stage.balance), default=1.0)
    return max(min(longest * 1.02, max(limits, default=1.0) * 2.5), *(limit * 1.25 for limit in limits), 0.01)


def gauge(balance: BalanceVerdict, top: float) -> Markup:
    """The bar of one coefficient; its words stand beside it, so the picture itself is hidden from screen readers."""
    length = min(_bar(balance), top) / top * _WIDTH
    limit = float(balance.limit.value) / top * _WIDTH
    kind = "wait" if balance.verdict is Verdict.INSUFFICIENT else str(balance.verdict)
    cut = f'<path class="cut" d="M{_WIDTH - 26} 20l8 -20M{_WIDTH - 18} 20l8 -20"/>' if _bar(balance) > top else ""
    fill = "url(#hatch)" if kind == "wait" else "currentColor"
    return Markup(
        f'<svg class="gauge {kind}" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="track" x="0" y="5" width="{_WIDTH}" height="10"/>'
        f'<rect x="0" y="5" width="{length:.1f}" height="10" fill="{fill}"/>'
        f'{cut}<line class="limit" x1="{limit:.1f}" x2="{limit:.1f}" y1="0" y2="{_HEIGHT}"/></svg>'
    )


def _bar(balance: BalanceVerdict) -> float:
    return balance.cv if balance.cv is not None else balance.known_cv or 0.0
