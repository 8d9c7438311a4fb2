"""Every document, every clause that is used, and what is 待核."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from junheng.policy.citations import citations
from junheng.policy.registry import built_in_packs
from junheng.web.portal.policy_library import documents, lines_of


def test_every_document_has_a_page_with_its_clauses(db):
    for id in documents():
        answer = Client().get(reverse("public_policy", args=[id]))
        assert answer.status_code == (404 if id == "assumption" else 200)
    page = Client().get(reverse("public_policy", args=["jiaodu_2017_6"])).content.decode()
    assert "第六条（四）" in page
    assert "小学 4.5 ㎡，初中 5.8 ㎡" in page


def test_no_limit_criterion_or_target_of_any_pack_is_missing_from_the_library():
    told = {(document, clause) for document in documents() for clause, _ in lines_of(document)}
    for loaded in built_in_packs().values():
        pack = loaded.pack
        for part in (pack.limits, pack.criteria, pack.targets, pack.exceptions, pack.exclusions):
            for _, source in citations(part):
                assert (source.document, source.clause) in told


def test_what_is_not_verified_is_marked(db):
    assert "待核" in Client().get(reverse("public_policies")).content.decode()
    assert '<span class="tag">待核</span>' in Client().get(reverse("public_policy", args=["liaojiaofa_2023_10"])).content.decode()


def test_a_document_nobody_knows_is_not_there(db):
    assert Client().get(reverse("public_policy", args=["nothing"])).status_code == 404
