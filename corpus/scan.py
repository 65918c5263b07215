"""A PDF as it comes from a scanner: skewed, noisy, a red stamp over the text, a blue signature, JPEG of low quality.

    python corpus/scan.py FILE.pdf OUT.pdf [--seed 1] [--clean]

The same file and seed give the same scan. The pages of OUT are images; it has no text layer.
"""
from __future__ import annotations

import argparse
import io
import math
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

RED, BLUE = (206, 32, 48), (36, 52, 168)


class Damage(NamedTuple):
    """What the scanner and the office did to a page; angles in degrees, noise as deviation of 256 levels."""

    skew: float = 1.0
    noise: float = 12.0
    blur: float = 0.5
    quality: int = 60
    stamp: bool = True
    signature: bool = True


DAMAGED = Damage()
CLEAN = Damage(skew=0.0, noise=0.0, blur=0.0, quality=90, stamp=False, signature=False)


def scanned(pdf: bytes, *, seed: int = 1, damage: Damage = DAMAGED, dpi: int = 200, pages: int | None = None) -> bytes:
    """A PDF whose pages are images of the first `pages` of `pdf` (all, where None)."""
    images = list(scans(pdf, seed=seed, damage=damage, dpi=dpi, pages=pages))
    out = io.BytesIO()
    images[0].save(out, "PDF", resolution=dpi, quality=damage.quality, save_all=True, append_images=images[1:])
    return out.getvalue()


def scans(pdf: bytes, *, seed: int, damage: Damage, dpi: int = 200, pages: int | None = None) -> Iterator[Image.Image]:
    """The pages as images."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for index in range(len(document) if pages is None else min(pages, len(document))):
            with closing(document[index]) as page:
                image = page.render(scale=dpi / 72).to_pil().convert("RGB")
            yield _damaged(image, random.Random(seed * 1000 + index), damage)


def _damaged(image: Image.Image, chance: random.Random, damage: Damage) -> Image.Image:
    width, height = image.size
    if damage.signature:
        image = _inked(image, _signature(image.size, chance, (width * 0.66, height * 0.72)), BLUE)
    if damage.stamp:
        image = _inked(image, _stamp(image.size, chance.uniform(0.35, 0.65) * width, chance.uniform(0.3, 0.8) * height,
                                     0.088 * width), RED)
    angle = damage.skew * chance.choice((-1, 1)) * chance.uniform(0.7, 1.0)
    if angle:
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if damage.blur:
        image = image.filter(ImageFilter.GaussianBlur(damage.blur))
    if damage.noise:
        levels = np.random.default_rng(chance.randrange(2**32))
        noisy = np.asarray(image, np.float32) * 0.97 + levels.normal(0, damage.noise, (height, width, 3))
        image = Image.fromarray(noisy.clip(0, 255).astype(np.uint8))
    return image


def _inked(image: Image.Image, mask: Image.Image, ink: tuple[int, int, int]) -> Image.Image:
    """Ink lets what is printed below show through: the darker of the two in each channel."""
    paper = np.asarray(image, np.uint8)
    share = np.asarray(mask, np.float32)[..., None] / 255
    layer = 255 - share * (255 - np.array(ink, np.float32))
    return Image.fromarray(np.minimum(paper, layer).astype(np.uint8))


def _stamp(size: tuple[int, int], x: float, y: float, radius: float) -> Image.Image:
    """Two rings, a star and strokes for the letters between the rings."""
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for share, width in ((1.0, 5), (0.72, 3)):
        r = radius * share
        draw.ellipse((x - r, y - r, x + r, y + r), outline=230, width=width)
    points = [(x + radius * r * math.sin(a * math.pi / 5), y - radius * r * math.cos(a * math.pi / 5))
              for a, r in zip(range(10), (0.4, 0.16) * 5, strict=True)]
    draw.polygon(points, fill=210)
    for i in range(40):
        a = i * math.pi / 20
        inner, outer = radius * 0.79, radius * (0.93 if i % 3 else 0.88)
        draw.line((x + inner * math.cos(a), y + inner * math.sin(a),
                   x + outer * math.cos(a + 0.05), y + outer * math.sin(a + 0.05)), fill=225, width=3)
    return mask


def _signature(size: tuple[int, int], chance: random.Random, at: tuple[float, float]) -> Image.Image:
    """A hand's loops, drawn as one line."""
    mask = Image.new("L", size)
    x, y = at
    wave = [(chance.uniform(0.5, 1.5), chance.uniform(0, 6.3), chance.uniform(20, 55)) for _ in range(3)]
    line = [(x + 260 * (t / 90 - 0.5) + sum(s * math.sin(f * t / 7 + p) * 0.4 for f, p, s in wave),
             y + sum(s * math.sin(f * t / 5 + p) for f, p, s in wave)) for t in range(91)]
    ImageDraw.Draw(mask).line(line, fill=235, width=4, joint="curve")
    return mask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clean", action="store_true")
    args = parser.parse_args()
    damage = CLEAN if args.clean else DAMAGED
    args.out.write_bytes(scanned(args.file.read_bytes(), seed=args.seed, damage=damage))


if __name__ == "__main__":
    main()
