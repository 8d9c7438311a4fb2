"""佐证: what may be attached, what is refused and why, how it leaves, and its versions."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import Workbook
from PIL import Image

from junheng.common.errors import UserError
from junheng.web.audit.models import AuditEvent
from junheng.web.evidence.actions import add_evidence_version, attach
from junheng.web.evidence.models import Evidence, EvidenceVersion
from junheng.web.evidence.queries import counts_by_criterion, evidence_for, evidence_of
from junheng.web.flow.errors import NotAllowed
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round
from junheng.web.store import content


@pytest.fixture
def round(tree) -> Round:
    return Round.objects.create(unit=tree.province, name="2025 年度", school_year=2025, state="open")


def _upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def photo(size=(640, 480), format="JPEG", colour=(200, 30, 30), **how) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, format, **how)
    return out.getvalue()


def _photo_with_place() -> bytes:
    """Taken sideways, and carrying where it was taken."""
    image = Image.new("RGB", (640, 480), (30, 200, 30))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "某手机"
    exif.get_ifd(0x8825)[2] = (41.0, 48.0, 12.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def _pdf(body: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def _docx() -> bytes:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("布局规划批复")
    document.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def _with_part(data: bytes, name: str) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"x")
    return out.getvalue()


@pytest.fixture
def put(round, tree, person):
    def make(name="批复.pdf", data=None, **how):
        words = {"unit": tree.school, "round": round, "criterion": "layout", "by": person(Role.SCHOOL_CLERK)} | how
        return attach(upload=_upload(name, data if data is not None else _pdf()), **words)

    return make


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("批复.pdf", _pdf(), "application/pdf"), ("照片.jpg", photo(), "image/jpeg"), ("照片.PNG", photo(format="PNG"), "image/png"),
        ("说明.docx", _docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("清单.xlsx", _xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)  # fmt: skip
def test_documents_and_pictures_are_kept_by_their_hash(put, name, data, media_type):
    evidence = put(name, data)
    version = evidence.versions.get()
    assert (version.number, version.media_type, version.name) == (1, media_type, name)
    assert len(content(version.sha256)) == version.size
    assert bool(version.preview) is media_type.startswith("image/")
    assert AuditEvent.objects.get(action="evidence.attach").after["sha256"] == version.sha256


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("程序.exe", b"MZ", "这种文件不能作佐证"),
        ("网页.html", b"<script>", "这种文件不能作佐证"),
        ("图.svg", b"<svg/>", "这种文件不能作佐证"),
        ("空.pdf", b"", "文件是空的"),
        ("假.pdf", b"<html><script>alert(1)</script>", "内容不是 PDF"),
        ("假.jpg", _pdf(), "内容不是扩展名所说的图片"),
        ("假.jpg", photo(format="PNG"), "内容不是扩展名所说的图片"),
        ("坏.jpg", photo()[:200], "内容不是扩展名所说的图片"),
        ("断.pdf", _pdf()[:40], "PDF 不完整"),
        ("脚本.pdf", _pdf(b"2 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"), "带有脚本"),
        ("暗码.pdf", _pdf(b"2 0 obj << /S /Java#53cript >> endobj"), "带有脚本"),
        ("启动.pdf", _pdf(b"2 0 obj << /S /Launch /F (calc.exe) >> endobj"), "带有脚本"),
        ("压缩.pdf", _pdf(b"2 0 obj << /Filter /FlateDecode >> stream\n" + zlib.compress(b"<< /S /JavaScript >>") + b"\nendstream endobj"), "带有脚本"),
        ("加密.pdf", _pdf(b"trailer << /Encrypt 5 0 R >>"), "加密"),
        ("宏.docx", _with_part(_docx(), "word/vbaProject.bin"), "带有宏"),
        ("嵌入.xlsx", _with_part(_xlsx(), "xl/embeddings/oleObject1.bin"), "嵌入的程序"),
        ("假.docx", _xlsx(), "内容不是 Word（.docx） 文件"),
        ("不是.xlsx", b"PK\x03\x04 broken", "已经损坏"),
    ],
)
def test_what_is_not_what_it_says_or_would_act_by_itself_is_refused(put, name, data, said):
    with pytest.raises(UserError) as refused:
        put(name, data)
    assert said in str(refused.value)
    assert f"《{name}》" in str(refused.value)
    assert Evidence.objects.count() == 0


def test_a_photograph_is_turned_upright_and_forgets_where_it_was_taken(put):
    version = put("现场.jpg", _photo_with_place()).versions.get()
    kept = Image.open(io.BytesIO(content(version.sha256)))
    assert kept.size == (480, 640)
    assert not kept.getexif()
    assert "某手机".encode() not in content(version.sha256)
    small = Image.open(io.BytesIO(content(version.preview)))
    assert max(small.size) <= 480


def test_too_large_a_file_or_picture_is_refused(put, monkeypatch):
    monkeypatch.setattr("junheng.web.evidence.checking.MOST_PICTURE_BYTES", 100)
    with pytest.raises(UserError, match="超过"):
        put("大.jpg", photo())
    monkeypatch.setattr("junheng.web.evidence.checking._MOST_PIXELS", 10)
    monkeypatch.setattr("junheng.web.evidence.checking.MOST_PICTURE_BYTES", 10_000_000)
    with pytest.raises(UserError, match="图片太大"):
        put("大.jpg", photo())


def test_a_name_with_a_path_in_it_is_only_a_name(put):
    version = put("..\\..\\etc\\批复.pdf").versions.get()
    assert version.name == "批复.pdf"


def test_the_same_photograph_sent_twice_is_one(put):
    first, second = put("现场.jpg", photo()), put("现场.jpg", photo())
    assert first == second
    assert EvidenceVersion.objects.count() == 1
    assert put("现场.jpg", photo(), subject="problem:7") != first


def test_a_newer_file_becomes_the_next_version_and_the_earlier_one_stays(put, person):
    evidence = put()
    version = add_evidence_version(evidence, upload=_upload("新批复.pdf", _pdf(b"% new")), by=person(Role.SCHOOL_CLERK))
    assert version.number == 2
    assert [each.number for each in evidence.versions.all()] == [1, 2]
    assert evidence_for(evidence.round, evidence.unit, "layout")[0].name == "新批复.pdf"
    assert add_evidence_version(evidence, upload=_upload("新批复.pdf", _pdf(b"% new")), by=person(Role.SCHOOL_CLERK)) == version


def test_what_is_attached_to_a_subject_is_found_by_it(put):
    put("一.pdf", _pdf(b"% 1"), subject="problem:12")
    put("二.jpg", photo(), subject="problem:12")
    put("三.pdf", _pdf(b"% 3"))
    assert [each.name for each in evidence_of("problem:12")] == ["一.pdf", "二.jpg"]
    assert evidence_of("problem:12")[1].preview
    first = Evidence.objects.first()
    assert counts_by_criterion(first.round, first.unit) == {"layout": 1}


def test_nobody_attaches_or_sees_what_lies_outside_their_area(put, tree, person, signed_in, round):
    with pytest.raises(NotAllowed):
        put(unit=tree.other_school)
    with pytest.raises(NotAllowed):
        put(by=person(Role.AUDITOR))
    version = put().versions.get()
    for name in ("evidence_file", "evidence_preview"):
        assert signed_in(Role.COUNTY_ADMIN, tree.other_county).get(reverse(name, args=[version.pk])).status_code == 404
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).get(reverse("evidence", args=[round.pk, tree.school.code])).status_code == 404


def test_files_leave_as_downloads_that_no_browser_runs(put, signed_in):
    version = put("说明.pdf").versions.get()
    response = signed_in(Role.COUNTY_REVIEWER).get(reverse("evidence_file", args=[version.pk]))
    assert response.content == _pdf()
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%E8%AF%B4%E6%98%8E.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert signed_in(Role.COUNTY_REVIEWER).get(reverse("evidence_preview", args=[version.pk])).status_code == 404
    picture = put("现场.jpg", photo()).versions.get()
    preview = signed_in(Role.COUNTY_REVIEWER).get(reverse("evidence_preview", args=[picture.pk]))
    assert preview["Content-Type"] == "image/jpeg"


def test_a_school_attaches_in_the_page_and_the_reason_of_a_refusal_is_told(round, tree, signed_in):
    client = signed_in(Role.SCHOOL_CLERK)
    url = reverse("evidence", args=[round.pk, tree.school.code])
    client.post(url, {"criterion": "layout", "title": "布局规划", "file": _upload("批复.pdf", _pdf())})
    page = client.get(url).content.decode()
    assert "布局规划" in page
    assert "1 份佐证" in page
    client.post(url, {"criterion": "layout", "file": _upload("程序.exe", b"MZ")})
    assert "这种文件不能作佐证" in client.get(url).content.decode()
    client.post(url, {"criterion": "none", "file": _upload("批复.pdf", _pdf())})
    assert "没有选择指标" in client.get(url).content.decode()
    one = reverse("evidence_one", args=[Evidence.objects.get().pk])
    client.post(one, {"file": _upload("批复2.pdf", _pdf(b"% 2"))})
    assert "2 个版本" in client.get(one).content.decode()


def test_the_list_takes_the_same_number_of_queries_for_one_row_and_fifty(put, round, tree, signed_in):
    client = signed_in(Role.COUNTY_ADMIN)
    url = reverse("evidence", args=[round.pk, tree.school.code])
    put("0.pdf", _pdf(b"% 0"))

    def queries() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = queries()
    for number in range(1, 55):
        put(f"{number}.pdf", _pdf(f"% {number}".encode()))
    assert queries() <= few
    assert "55 份佐证" in client.get(url).content.decode()
