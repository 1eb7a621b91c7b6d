import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeImage } from '../../src/audit/model/decode-image.js'
import { DEFAULT_IMAGE_LIMITS } from '../../src/audit/model/image-limits.js'
import { imageNotes } from '../../src/audit/model/image-note.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { badInput, badInputs } from './bad-input.js'
import {
  drawnJpeg,
  drawnPng,
  drawnWebp,
  jpegOfScans,
  jpegOfStatedSize,
  jpegSegment,
  jpegWith,
  pngChunk,
  pngOfStatedSize,
  pngOfZeros,
  pngWith,
} from './drawn-files.js'
import { expectQuarantine, isUsed, quarantines, readAndPrepare } from './quarantined.js'
import { runsThrough } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

const FIXTURES = join(import.meta.dirname, '../fixtures/model-images')
const CUT = 'the file ends before the image does'

let small: SmallAudit
let jpeg: Buffer
let png: Buffer
let webp: Buffer
beforeAll(async () => {
  small = await smallAudit()
  jpeg = await drawnJpeg()
  png = await drawnPng()
  webp = await drawnWebp()
})

const fixture = (name: string): Buffer => readFileSync(join(FIXTURES, name))
const halfOf = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2)
const without20 = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 20)

describe('an audit with images that cannot be read', () => {
  it('quarantines them with a code, counts them per group, and has too little evidence over the limit', () => {
    const images = small.copyOfImages('damaged')
    const names = readdirSync(join(images, 'val')).sort()
    writeFileSync(join(images, 'val', names[0]), halfOf(jpeg))
    writeFileSync(join(images, 'val', names[1]), '')
    runsThrough(3, small.audit('--images', images))
    const run = join(small.folder, 'run')
    const result = JSON.parse(readFileSync(join(run, 'audit.json'), 'utf8')) as AuditResult
    const { rows, cells } = result.facts.dataset
    expect(rows).toEqual({ in: names.length, processed: names.length - 2, quarantined: 2, excluded: 0 })
    expect(cells.flatMap(({ quarantined }) => quarantined.map(([code]) => code)).sort()).toEqual([
      'image.empty',
      'image.truncated',
    ])
    expect(readFileSync(join(run, 'quarantine.csv'), 'utf8').trim().split('\n')).toHaveLength(3)
    expect(result.derived.gate.result).toBe('evidence-incomplete')
  })
})

describe('images that are cut', () => {
  badInputs(
    1,
    [
      ['a JPEG cut at half', () => fixture('jpeg-cut-at-half.jpg')],
      ['a JPEG without its last 20 bytes', () => fixture('jpeg-without-its-last-20-bytes.jpg')],
      ['a JPEG without its last byte', () => jpeg.subarray(0, -1)],
      ['a progressive JPEG cut at half', async () => halfOf(await drawnJpeg(96, 72, { progressive: true }))],
      [
        'a JPEG cut at half with a whole thumbnail in it',
        async () => halfOf(jpegWith(jpeg, jpegSegment(0xe1, await drawnJpeg(16, 16)))),
      ],
    ],
    async (make) => quarantines(await make(), 'image.truncated', CUT),
  )
  badInputs(
    2,
    [
      ['a PNG cut in its pixels', () => fixture('png-cut.png')],
      ['a PNG without its last 20 bytes', () => without20(png)],
      ['a PNG cut in its header', () => png.subarray(0, 20)],
      ['a WebP cut in its pixels', () => fixture('webp-cut.webp')],
      ['a WebP without its last 20 bytes', () => without20(webp)],
      ['a WebP cut in its header', () => webp.subarray(0, 20)],
    ],
    (make) => quarantines(make(), 'image.truncated', CUT),
  )
})

describe('files that are no image', () => {
  badInput(3, 'zero bytes', () => quarantines(Buffer.alloc(0), 'image.empty', 'the file has no bytes'))
  badInputs(
    4,
    [
      ['text', () => fixture('text.jpg')],
      ['a page of HTML', () => Buffer.from('<!DOCTYPE html><html><body>404 Not Found</body></html>')],
      ['a single byte', () => Buffer.of(0xff)],
      ['a JPEG after a byte order mark', () => Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), jpeg])],
      ['a video in a RIFF container', () => Buffer.from('RIFF\x20\0\0\0AVI LIST'.padEnd(40, '\0'), 'latin1')],
    ],
    (make) => quarantines(make(), 'image.format', 'the bytes are not those of an image'),
  )
  badInputs(
    5,
    [
      ['40 bytes of a JPEG header', () => fixture('jpeg-40-bytes.jpg'), 'JPEG'],
      ['a PNG with one flipped byte', () => fixture('png-flipped-byte.png'), 'PNG'],
      [
        'a JPEG of zeros after its header',
        () => Buffer.concat([jpeg.subarray(0, 300), Buffer.alloc(2_000), jpeg.subarray(-2)]),
        'JPEG',
      ],
      ['a WebP whose pixels are longer than they say', () => spoiled(webp, 16, -10), 'WEBP'],
      ['a WebP of 16383 x 3000 in its words', () => sized(webp, 16_383, 3_000), 'WEBP'],
      ['a WebP whose RIFF is shorter than its pixels', () => spoiled(webp, 4, -10), 'WEBP'],
      ['a JPEG that tells of more columns than it has', () => jpegOfStatedSize(jpeg, 1_000, 72), 'JPEG'],
      ['a JPEG of no height', () => jpegOfStatedSize(jpeg, 96, 0), 'JPEG'],
      ['a PNG that tells of more rows than it has', () => pngOfStatedSize(png, 96, 80), 'PNG'],
      ['a PNG of no width', () => pngOfStatedSize(png, 0, 72), 'PNG'],
    ],
    (make, format) => quarantines(make(), 'image.corrupt', `the ${format} data are broken`),
  )
  badInputs(
    5,
    [
      ['a WebP whose RIFF is longer than its file', () => spoiled(webp, 4, 1_000)],
      ['a WebP header before a TIFF', () => Buffer.from('RIFF\x10\0\0\0WEBPII*\0\x08\0\0\0', 'latin1')],
      ['the signature of a PNG before an SVG', () => Buffer.concat([png.subarray(0, 8), Buffer.from('<svg/>')])],
    ],
    (make) => quarantines(make(), 'image.truncated'),
  )
})

/** With a number of its header, four bytes long, made larger. */
function spoiled(bytes: Buffer, offset: number, by: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt32LE(copy.readUInt32LE(offset) + by, offset)
  return copy
}

/** A lossy WebP that tells of another size. */
function sized(bytes: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt16LE(width, 26)
  copy.writeUInt16LE(height, 28)
  return copy
}

describe('formats that are not decoded', () => {
  badInputs(
    7,
    [
      ['an SVG', 'svg.svg'],
      ['an SVG named .jpg that links to a file', 'svg-named.jpg'],
    ],
    (name) => quarantines(fixture(name), 'image.format-blocked', 'SVG is not decoded; JPEG, PNG and WebP are'),
  )
  badInputs(
    8,
    [
      ['a GIF', 'GIF', () => fixture('gif.gif')],
      ['a TIFF', 'TIFF', () => fixture('tiff.tiff')],
      ['a HEIC', 'HEIC', () => fixture('heic-header.heic')],
      ['an AVIF header', 'AVIF', () => fixture('avif-header.avif')],
      ['a whole AVIF', 'AVIF', () => sharp(png).avif({ effort: 0 }).toBuffer()],
      ['a PDF', 'PDF', () => fixture('pdf.pdf')],
      ['a JPEG 2000', 'JPEG 2000', () => fixture('jpeg-2000.jp2')],
      ['a JPEG XL', 'JPEG XL', () => Buffer.from('\xff\x0a\0\0', 'latin1')],
      ['a BMP', 'BMP', () => fixture('bmp.bmp')],
      [
        'an ICO',
        'ICO',
        () => Buffer.concat([Buffer.of(0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0), Buffer.alloc(8), png]),
      ],
      ['a BigTIFF', 'BigTIFF', () => Buffer.from('II+\0\x08\0\0\0', 'latin1')],
      ['a Photoshop file', 'Photoshop', () => Buffer.from('8BPS\0\x01', 'latin1')],
      ['a JPEG after the signature of a GIF', 'GIF', () => Buffer.concat([Buffer.from('GIF89a'), jpeg])],
    ],
    async (name, make) =>
      quarantines(await make(), 'image.format-blocked', `${name} is not decoded; JPEG, PNG and WebP are`),
  )
})

describe('images that are used, with a note', () => {
  badInput(6, 'a PNG named .jpg', async () => {
    const decoded = await isUsed(fixture('png-named.jpg'))
    expect(imageNotes('val/1.jpg', decoded.format, decoded.flags)).toEqual(['name-differs-from-content'])
  })
  badInputs(
    9,
    [
      ['an animated PNG', 'png-animated.png', ['animated']],
      ['an animated WebP', 'webp-animated.webp', ['alpha-dropped', 'animated']],
    ],
    async (name, notes) => expect((await isUsed(fixture(name), notes)).width).toBeGreaterThan(1),
  )
  badInputs(
    10,
    [
      ['a CMYK JPEG without a profile', ['cmyk'], () => fixture('jpeg-cmyk.jpg')],
      [
        'a CMYK JPEG with a profile',
        ['cmyk'],
        () => sharp(png).toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
      ],
      ['a PNG of 16 bits', ['sixteen-bit'], () => fixture('png-16-bit.png')],
      ['a JPEG with the profile of a wide display', [], () => sharp(png).withIccProfile('p3').jpeg().toBuffer()],
    ],
    async (notes, make) => expect((await isUsed(await make(), notes)).rgb.some((value) => value > 0)).toBe(true),
  )
  badInputs(
    11,
    [
      ['a grey JPEG', 'jpeg-grey.jpg'],
      ['a grey PNG', 'png-grey.png'],
      ['a PNG with a palette', 'png-palette.png'],
      ['a PNG of one bit', 'png-1-bit.png'],
    ],
    async (name) => {
      const { rgb, width, height } = await isUsed(fixture(name))
      expect(rgb).toHaveLength(3 * width * height)
    },
  )
  badInputs(
    12,
    [
      ['a PNG with colour under its transparency', 'png-alpha-over-colour.png'],
      ['a grey PNG with transparency', 'png-grey-alpha.png'],
    ],
    async (name) => {
      await isUsed(fixture(name), ['alpha-dropped'])
    },
  )
  badInputs(
    13,
    [
      ['a JPEG to be turned: EXIF orientation 2', 2],
      ['a JPEG to be turned: EXIF orientation 3', 3],
      ['a JPEG to be turned: EXIF orientation 4', 4],
      ['a JPEG to be turned: EXIF orientation 5', 5],
      ['a JPEG to be turned: EXIF orientation 6', 6],
      ['a JPEG to be turned: EXIF orientation 7', 7],
      ['a JPEG to be turned: EXIF orientation 8', 8],
    ],
    async (orientation) => {
      const turned = await isUsed(await sharp(jpeg).withMetadata({ orientation }).jpeg().toBuffer(), [
        'exif-orientation-ignored',
      ])
      expect([turned.width, turned.height]).toEqual([96, 72])
    },
  )
})

describe('sizes', () => {
  const MANY = 'the image has too many pixels to decode'
  badInput(14, 'one pixel', () =>
    quarantines(fixture('png-1x1.png'), 'image.too-small', '1 x 1: each side needs 2 pixels or more'),
  )
  badInput(14, 'a strip of 10000 x 1', () =>
    quarantines(fixture('png-10000x1.png'), 'image.aspect', '10000 x 1: one side is over 50 times the other'),
  )
  badInput(15, 'a PNG of 50000 x 50000 in 304 KB, at once', async () => {
    const bomb = pngOfZeros(50_000)
    expect(bomb.length).toBeLessThan(310_000)
    await quarantines(bomb, 'image.pixel-limit', MANY)
    const before = process.cpuUsage()
    await decodeImage(bomb, DEFAULT_IMAGE_LIMITS)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(50)
  })
  badInput(16, 'a PNG of 16000 x 16000 in 31 KB', () => quarantines(pngOfZeros(16_000), 'image.pixel-limit', MANY))
  badInput(16, 'a JPEG of 65535 x 65500 in its words', async () =>
    expect(await readAndPrepare(small.file('wide.jpg', jpegOfStatedSize(jpeg, 65_500, 65_500)))).toMatchObject({
      code: 'image.pixel-limit',
    }),
  )
  badInput(16, 'a PNG just under the limit of pixels, of which four bytes are a thousand', async () => {
    const { width, height } = await isUsed(pngOfZeros(7_000))
    expect([width, height]).toEqual([7_000, 7_000])
  })
  badInput(17, 'a JPEG of 882 scans in 160 KB', async () =>
    expectQuarantine(
      await readAndPrepare(small.file('scans.jpg', jpegOfScans(7_000, 7_000, 882))),
      'image.scan-limit',
      'a JPEG of more than 100 scans is not decoded',
    ),
  )
  badInputs(
    17,
    [
      ['scans between fill bytes', Buffer.alloc(3, 0xff)],
      ['scans between bytes that belong nowhere', Buffer.from('nothing')],
      ['scans between comments that look like scans', jpegSegment(0xfe, Buffer.of(0xff, 0xda, 0, 2))],
    ],
    (between) => quarantines(jpegOfScans(512, 512, 800, between), 'image.scan-limit'),
  )
  it('does not take the scans that a picture needs for too many', async () => {
    await isUsed(await drawnJpeg(400, 300, { progressive: true }))
    await isUsed(jpegOfScans(512, 512, 100))
    const looksLikeScans = Buffer.concat(Array<Buffer>(200).fill(Buffer.of(0xff, 0xda, 0, 2)))
    await isUsed(jpegWith(jpeg, jpegSegment(0xe2, looksLikeScans)))
  })
})

describe('what stands beside the picture', () => {
  const text = (zeros: number): Buffer =>
    pngChunk('zTXt', Buffer.concat([Buffer.from('k\0\0'), deflateSync(Buffer.alloc(zeros), { level: 9 })]))
  badInputs(
    17,
    [
      ['a PNG with a text of 300 MB in 300 KB', () => pngWith(png, text(300_000_000))],
      ['a PNG with a hundred texts of 7 MB', () => pngWith(png, ...Array<Buffer>(100).fill(text(7_000_000)))],
      [
        'a PNG with 50,000 texts',
        () => pngWith(png, ...Array<Buffer>(50_000).fill(pngChunk('tEXt', Buffer.from('k\0a')))),
      ],
      [
        'a PNG with a colour profile of 300 MB in 300 KB',
        () =>
          pngWith(
            png,
            pngChunk(
              'iCCP',
              Buffer.concat([Buffer.from('k\0\0'), deflateSync(Buffer.alloc(300_000_000), { level: 9 })]),
            ),
          ),
      ],
      [
        'a JPEG with 60 MB of EXIF',
        () =>
          jpegWith(
            jpeg,
            ...Array<Buffer>(916).fill(
              jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), Buffer.alloc(65_500)])),
            ),
          ),
      ],
    ],
    async (make) => {
      const bytes = make()
      const { maxRSS } = process.resourceUsage()
      expect(await decodeImage(bytes, DEFAULT_IMAGE_LIMITS)).toMatchObject({ width: 96, height: 72, flags: [] })
      expect(process.resourceUsage().maxRSS - maxRSS, 'kilobytes').toBeLessThan(200_000)
    },
  )
  badInputs(
    8,
    [
      [
        'a JPEG that is a zip as well',
        () => Buffer.concat([jpeg, Buffer.from('PK\x03\x04'), Buffer.alloc(1_000)]),
        'jpeg',
      ],
      ['a JPEG that is a PDF as well', () => jpegWith(jpeg, jpegSegment(0xfe, Buffer.from('%PDF-1.4'))), 'jpeg'],
      ['a PNG that is a page as well', () => Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]), 'png'],
      ['a WebP with bytes after its end', () => Buffer.concat([webp, Buffer.alloc(1_000)]), 'webp'],
    ],
    async (make, format) => expect((await isUsed(make())).format).toBe(format),
  )
})

describe('loaders', () => {
  it('are blocked in the library itself, whatever the bytes look like to us', async () => {
    const { openSharp } = await import('../../src/audit/model/open-sharp.js')
    const locked = await openSharp()
    for (const name of ['svg.svg', 'gif.gif', 'tiff.tiff', 'bmp.bmp', 'jpeg-2000.jp2', 'avif-header.avif'])
      await expect(locked(fixture(name)).metadata(), name).rejects.toThrow(/unsupported image format/)
    await expect(locked(fixture('png-rgb.png')).metadata()).resolves.toMatchObject({ format: 'png' })
  })
})
