"""Writes test/fixtures/alteration-references.json with Pillow, numpy and scipy, which are the reference.

Run from the repository root: /usr/bin/python3 test/audit/model/make-alteration-references.py
Made with Pillow 9.4.0, numpy 1.24.2, scipy 1.10.1 (Debian 12). Images are drawn as in make-pixel-references.py, so only hashes are kept.
"""
import hashlib, io, json
from pathlib import Path
import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

source = Path('test/audit/model/make-pixel-references.py').read_text().split('\ndef prepare(')[0]
drawing = {}
exec(source, drawing)
draw = drawing['draw']


def half_up(values):
    return np.floor(np.clip(values, 0, 255) + 0.5).astype(np.uint8)


def blur(image, sigma):
    values = np.asarray(image).astype(np.float64)
    return half_up(gaussian_filter(values, (sigma, sigma, 0), mode='nearest', truncate=4.0))


def brightness(image, factor):
    return half_up(np.asarray(image).astype(np.float64) * factor)


def grey(image):
    return np.asarray(image.convert('L').convert('RGB'))


def crop(image, keep):
    w, h = image.size
    kw, kh = int(np.floor(w * keep + 0.5)), int(np.floor(h * keep + 0.5))
    left, top = (w - kw) // 2, (h - kh) // 2
    return np.asarray(image.crop((left, top, left + kw, top + kh)))


def jpeg(image, quality):
    buffer = io.BytesIO()
    image.save(buffer, 'JPEG', quality=quality, subsampling='4:2:0')
    again = Image.open(io.BytesIO(buffer.getvalue()))
    return np.asarray(again.convert('RGB'))


IMAGES = [('gradient', 61, 47, 3), ('noise', 40, 33, 5), ('rings', 64, 64, 1), ('contrast', 5, 3, 2)]
cases = []
for kind, width, height, seed in IMAGES:
    image = draw(kind, width, height, seed)
    made = [({'alter': 'blur', 'sigma': s}, blur(image, s)) for s in (0.5, 1, 2, 4)]
    made += [({'alter': 'brightness', 'factor': f}, brightness(image, f)) for f in (0.6, 0.8, 1, 1.2, 1.4)]
    made += [({'alter': 'grey'}, grey(image))]
    made += [({'alter': 'crop', 'keep': k}, crop(image, k)) for k in (0.9, 0.75, 0.5)]
    for transform, pixels in made:
        h, w, _ = pixels.shape
        cases.append({'image': [kind, width, height, seed], 'transform': transform, 'width': w, 'height': h,
                      'sha256': hashlib.sha256(pixels.tobytes()).hexdigest()})
    if kind in ('gradient', 'rings'):
        for quality in (75, 50, 25):
            pixels = jpeg(image, quality)
            cases.append({'image': [kind, width, height, seed], 'transform': {'alter': 'jpeg', 'quality': quality},
                          'width': width, 'height': height, 'sha256': hashlib.sha256(pixels.tobytes()).hexdigest()})
lines = ',\n'.join('  ' + json.dumps(case) for case in cases)
Path('test/fixtures/alteration-references.json').write_text('{ "cases": [\n' + lines + '\n] }\n')
