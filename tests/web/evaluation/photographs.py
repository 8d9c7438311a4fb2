"""Photographs as a phone makes them: lying on their side, and knowing where they were taken."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photograph(name: str = "image.jpg", shade: int = 30) -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (41.0, 48.0, 12.0)
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 160)).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
