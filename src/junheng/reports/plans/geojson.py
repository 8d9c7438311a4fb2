"""方案地图: a plan as GeoJSON, which any map software opens, and from which the desk draws.

Features have a `role`: "school" (a school or a site), "place" (a village, an estate, a block) and "way" (from a place to a school).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Spot:
    """A point. says: its further properties, by their names in the file."""

    role: str
    code: str
    name: str
    lon: float
    lat: float
    says: Mapping[str, object]


def write_geojson(path: Path, kind: str, spots: Iterable[Spot], ways: Iterable[Mapping[str, object]], more: Mapping[str, object]) -> None:
    """Spots, and ways between two of them by their codes ("from", "to"). kind: "siting" or "zones"; more: what holds for the whole."""
    places = list(spots)
    at = {(each.role, each.code): (each.lon, each.lat) for each in places}
    features = [_feature("Point", (each.lon, each.lat), {"role": each.role, "code": each.code, "name": each.name, **each.says}) for each in places]
    features += [_feature("LineString", (at["place", str(each["from"])], at["school", str(each["to"])]), {"role": "way", **each}) for each in ways]
    path.write_text(json.dumps({"type": "FeatureCollection", "plan": kind, **more, "features": features}, ensure_ascii=False), "utf-8")


def _feature(kind: str, coordinates: Sequence[object], properties: Mapping[str, object]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}
