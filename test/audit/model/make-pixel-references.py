"""Writes test/fixtures/pixel-references.json and test/fixtures/model-images/ with Pillow, which is the reference.

Run from the repository root: /usr/bin/python3 test/audit/model/make-pixel-references.py
Made with Pillow 9.4.0, numpy 1.24.2, libjpeg-turbo 2.1 (Debian 12). Everything is drawn from integer formulas.
The pixel test draws the same images again (test/audit/model/drawn-image.ts), so only hashes are kept.
"""
import hashlib, json, struct, zlib
from pathlib import Path
import numpy as np
from PIL import Image, ImageCms

FIXTURES = Path('test/fixtures')
IMAGES = FIXTURES / 'model-images'
FILTERS = {'bicubic': Image.BICUBIC, 'bilinear': Image.BILINEAR, 'lanczos': Image.LANCZOS}


def draw(kind, width, height, seed):
    """An image of uint8, height x width x 3; must stay equal to drawn-image.ts."""
    x = np.arange(width, dtype=np.uint64)[None, :, None]
    y = np.arange(height, dtype=np.uint64)[:, None, None]
    c = np.arange(3, dtype=np.uint64)[None, None, :]
    if kind == 'gradient':
        v = x * 3 + y * 2 + c * 40 + seed
    elif kind == 'rings':
        v = ((x * x + y * y * 2 + c * 97 + seed) >> np.uint64(4))
    elif kind == 'checker':
        v = np.where(((x // 8 + y // 8 + seed) & np.uint64(1)) == 1, 255 - c * 30, c * 20)
    elif kind in ('noise', 'contrast', 'grey'):
        c = c * 0 if kind == 'grey' else c
        m = np.uint64(0xffffffff)
        h = ((x * 73856093) & m) ^ ((y * 19349663) & m) ^ ((c * 83492791) & m) ^ np.uint64((seed * 2654435761) & 0xffffffff)
        h = h ^ (h >> np.uint64(16))
        h = (h * 0x45d9f3b) & m
        h = h ^ (h >> np.uint64(16))
        v = np.where((h & np.uint64(1)) == 1, 255, 0) if kind == 'contrast' else h
    else:
        raise ValueError(kind)
    v = np.broadcast_to(v, (height, width, 3)).astype(np.uint64) & np.uint64(255)
    return Image.fromarray(v.astype(np.uint8), 'RGB')


def prepare(image, size, resample):
    """torchvision's Resize(size) and CenterCrop(size); a pair is a squash without a crop."""
    if isinstance(size, list):
        return image.resize((size[0], size[1]), FILTERS[resample])
    w, h = image.size
    short, long = (w, h) if w <= h else (h, w)
    if short != size:
        new_long = int(size * long / short)
        image = image.resize((size, new_long) if w <= h else (new_long, size), FILTERS[resample])
    w, h = image.size
    top, left = int(round((h - size) / 2.0)), int(round((w - size) / 2.0))
    return image.crop((left, top, left + size, top + size))


def sha(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


CASES = []
for index, (kind, w, h) in enumerate([
    ('gradient', 500, 400), ('noise', 500, 400), ('contrast', 333, 251), ('checker', 224, 224), ('rings', 640, 480),
    ('grey', 300, 300), ('noise', 225, 224), ('noise', 223, 500), ('contrast', 2, 2), ('noise', 5, 3), ('rings', 16, 16),
    ('gradient', 17, 31), ('noise', 1000, 50), ('contrast', 40, 900), ('grey', 1201, 801), ('checker', 102, 125),
    ('noise', 64, 64), ('noise', 65, 64), ('noise', 64, 67), ('contrast', 449, 448), ('rings', 2000, 1500), ('noise', 3, 150),
]):
    for size in (16, 64, 224, 336):
        if index < 8 or (index + size) % 3 != 0:
            CASES.append({'kind': kind, 'width': w, 'height': h, 'seed': index + 1, 'size': size, 'resample': 'bicubic'})
    CASES.append({'kind': kind, 'width': w, 'height': h, 'seed': index + 1, 'size': 224 if index % 2 else 64, 'resample': 'bilinear'})
    CASES.append({'kind': kind, 'width': w, 'height': h, 'seed': index + 1, 'size': [256, 256] if index % 2 else [96, 48], 'resample': 'bicubic' if index % 3 else 'bilinear'})
CASES.append({'kind': 'noise', 'width': 500, 'height': 400, 'seed': 2, 'size': 224, 'resample': 'lanczos'})
CASES.append({'kind': 'contrast', 'width': 40, 'height': 50, 'seed': 2, 'size': 64, 'resample': 'lanczos'})

drawn = {}
for case in CASES:
    key = (case['kind'], case['width'], case['height'], case['seed'])
    drawn[key] = drawn.get(key) or draw(*key)
    case['sha256'] = sha(prepare(drawn[key], case['size'], case['resample']))

# ---- files: how they decode ------------------------------------------------------------------------------------
IMAGES.mkdir(parents=True, exist_ok=True)
plain = draw('gradient', 80, 60, 1)
busy = draw('rings', 73, 91, 5)
array = np.array(plain)


def save(name, image, **options):
    image.save(IMAGES / name, **options)


save('png-rgb.png', plain)
save('png-grey.png', busy.convert('L'))
save('png-palette.png', plain.convert('P'))
save('png-palette-transparent.png', plain.convert('P'), transparency=3)
save('png-1-bit.png', plain.convert('1'))
save('png-alpha-over-colour.png', Image.fromarray(np.dstack([array, np.zeros((60, 80), np.uint8)])))
save('png-grey-alpha.png', Image.fromarray(np.dstack([array[..., 0], np.full((60, 80), 128, np.uint8)]), 'LA'))
save('png-16-bit.png', Image.fromarray(array[..., 0].astype(np.uint16) * 257))
save('png-animated.png', plain, save_all=True, append_images=[plain.rotate(180)])
save('jpeg-444.jpg', plain, quality=90, subsampling=0)
save('jpeg-420.jpg', busy, quality=80, subsampling=2)
save('jpeg-422-progressive.jpg', busy, quality=80, subsampling=1, progressive=True)
save('jpeg-grey.jpg', busy.convert('L'), quality=85)
save('jpeg-cmyk.jpg', plain.convert('CMYK'))
exif = Image.Exif()
exif[0x112] = 6
save('jpeg-exif-orientation-6.jpg', plain, quality=90, exif=exif)
profile = ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()
swapped = profile.replace(b'rXYZ', b'tmpX').replace(b'gXYZ', b'rXYZ').replace(b'tmpX', b'gXYZ')  # red and green change places
save('png-icc-profile.png', plain, icc_profile=swapped)
save('jpeg-icc-profile.jpg', plain, quality=90, icc_profile=swapped)
save('webp-lossless.webp', plain, lossless=True)
save('webp-lossy.webp', busy, quality=80)
save('webp-animated.webp', plain, save_all=True, append_images=[plain.rotate(90)], lossless=True)
save('gif.gif', draw('checker', 20, 20, 0))
save('tiff.tiff', draw('checker', 20, 20, 0))
save('bmp.bmp', draw('checker', 20, 20, 0))
save('jpeg-2000.jp2', draw('checker', 32, 32, 0))
save('png-1x1.png', Image.new('RGB', (1, 1), (9, 8, 7)))
save('png-10000x1.png', Image.new('RGB', (10000, 1), (9, 8, 7)))
(IMAGES / 'png-named.jpg').write_bytes((IMAGES / 'png-rgb.png').read_bytes())
jpeg = (IMAGES / 'jpeg-444.jpg').read_bytes()
png = (IMAGES / 'png-rgb.png').read_bytes()
(IMAGES / 'jpeg-cut-at-half.jpg').write_bytes(jpeg[:len(jpeg) // 2])
(IMAGES / 'jpeg-without-its-last-20-bytes.jpg').write_bytes(jpeg[:-20])
(IMAGES / 'jpeg-40-bytes.jpg').write_bytes(jpeg[:40])
(IMAGES / 'png-cut.png').write_bytes(png[:len(png) // 2])
flipped = bytearray(png)
flipped[len(png) // 2] ^= 0x55
(IMAGES / 'png-flipped-byte.png').write_bytes(flipped)
webp = (IMAGES / 'webp-lossy.webp').read_bytes()
(IMAGES / 'webp-cut.webp').write_bytes(webp[:len(webp) // 2])
(IMAGES / 'text.jpg').write_text('This is not an image.\n' * 8)
(IMAGES / 'empty.jpg').write_bytes(b'')
svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/hostname"/></svg>\n'
(IMAGES / 'svg.svg').write_text(svg)
(IMAGES / 'svg-named.jpg').write_text('<?xml version="1.0"?>\n' + svg)
(IMAGES / 'pdf.pdf').write_text('%PDF-1.4\n%%EOF\n')
(IMAGES / 'heic-header.heic').write_bytes(b'\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic')
(IMAGES / 'avif-header.avif').write_bytes(b'\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif')


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


for side in (50000, 16000):  # only the head: the refusal must come before any pixel is decoded
    head = chunk(b'IHDR', struct.pack('>IIBBBBB', side, side, 1, 0, 0, 0, 0))
    (IMAGES / f'png-{side}x{side}.png').write_bytes(b'\x89PNG\r\n\x1a\n' + head + chunk(b'IDAT', zlib.compress(b'\0' * 64)) + chunk(b'IEND', b''))

DECODED = ['png-rgb.png', 'png-grey.png', 'png-palette.png', 'png-palette-transparent.png', 'png-1-bit.png',
           'png-alpha-over-colour.png', 'png-grey-alpha.png', 'png-animated.png', 'jpeg-444.jpg', 'jpeg-420.jpg',
           'jpeg-422-progressive.jpg', 'jpeg-grey.jpg', 'jpeg-exif-orientation-6.jpg', 'png-icc-profile.png', 'jpeg-icc-profile.jpg', 'webp-lossless.webp',
           'webp-lossy.webp', 'webp-animated.webp', 'png-named.jpg']
files = []
for name in DECODED:
    rgb = Image.open(IMAGES / name).convert('RGB')
    files.append({'file': name, 'width': rgb.width, 'height': rgb.height, 'sha256': sha(rgb),
                  'cropped': sha(prepare(rgb, 64, 'bicubic'))})

lines = lambda rows: '[\n' + ',\n'.join('    ' + json.dumps(row) for row in rows) + '\n  ]'
(FIXTURES / 'pixel-references.json').write_text('{\n  "resized": ' + lines(CASES) + ',\n  "files": ' + lines(files) + '\n}\n')
print(len(CASES), 'resized,', len(files), 'files')
