"""The OpenAPI document of the API, as the site serves it."""

from __future__ import annotations

import json

from generators.permissions import open_declarations


def pages() -> dict[str, str]:
    open_declarations()
    from junheng.web.api.v1 import API, PREFIX

    document = API.get_openapi_schema(path_prefix=f"/{PREFIX}")
    return {"openapi.json": json.dumps(document, ensure_ascii=False, indent=1) + "\n"}
