import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeImage } from '../../../src/audit/model/decode-image.js'
import type { ImageFault } from '../../../src/audit/model/image-fault.js'
import { DEFAULT_IMAGE_LIMITS } from '../../../src/audit/model/image-limits.js'
import { imageNotes } from '../../../src/audit/model/image-note.js'
import { prepareImage, resizeAndCrop } from '../../../src/audit/model/prepare-image.js'
import type { PreparedImage } from '../../../src/audit/model/prepare-image.js'
import { readImageBytes } from '../../../src/audit/model/read-image-bytes.js'
import { drawnImage } from './drawn-image.js'
import { clipLike } from './clip-like.js'

const images = fileURLToPath(new URL('../../fixtures/model-images/', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'probity-images-'))
afterAll(() => rmSync(scratch, { recursive: true }))

type Decoded = { file: string; width: number; height: number; sha256: string; cropped: string }

// Reference: Pillow 9.4.0, convert("RGB"), by make-pixel-references.py beside this file.
const { files } = JSON.parse(
  readFileSync(new URL('../../fixtures/pixel-references.json', import.meta.url), 'utf8'),
) as { files: Decoded[] } // written by our own script

const NOBODY = 65534

describe('decoding to the stored pixels, as Pillow does', () => {
  it.each(files)('$file', async (row) => {
    const decoded = await decodeImage(readFileSync(join(images, row.file)), DEFAULT_IMAGE_LIMITS)
    if ('kind' in decoded) throw new Error(decoded.reason)
    expect([decoded.width, decoded.height, sha256(decoded.rgb)]).toEqual([row.width, row.height, row.sha256])
  })

  it.each(files)('$file, resized and cropped', async (row) => {
    const read = await readImageBytes(join(images, row.file), DEFAULT_IMAGE_LIMITS)
    if (read.kind === 'fault') throw new Error(read.reason)
    const prepared = await prepareImage(read.bytes, clipLike(64), 'exact')
    if (prepared.kind === 'fault') throw new Error(prepared.reason)
    expect(sha256(prepared.pixels)).toBe(row.cropped)
    expect(sha256(read.bytes)).toBe(sha256(readFileSync(join(images, row.file))))
  })
})

describe('an image that is used, with a flag', () => {
  it.each([
    ['png-rgb.png', []],
    ['png-alpha-over-colour.png', ['alpha-dropped']],
    ['png-palette-transparent.png', ['alpha-dropped']],
    ['png-16-bit.png', ['sixteen-bit']],
    ['png-animated.png', ['animated']],
    ['webp-animated.webp', ['alpha-dropped', 'animated']],
    ['jpeg-cmyk.jpg', ['cmyk']],
    ['jpeg-exif-orientation-6.jpg', ['exif-orientation-ignored']],
    ['png-named.jpg', ['name-differs-from-content']],
  ])('%s: %j', async (file, flags) => {
    const prepared = await readAndPrepare(join(images, file), 16)
    if (prepared.kind === 'fault') throw new Error(prepared.reason)
    expect(prepared).toMatchObject({ kind: 'image', width: 16, height: 16 })
    expect(imageNotes(file, prepared.format, prepared.flags)).toEqual(flags)
  })

  it('keeps the high byte of 16-bit grey', async () => {
    const sixteen = await decodeImage(readFileSync(join(images, 'png-16-bit.png')), DEFAULT_IMAGE_LIMITS)
    if ('kind' in sixteen) throw new Error(sixteen.reason)
    const expected = drawnImage('gradient', 80, 60, 1).rgb.filter((_, index) => index % 3 === 0) // stored times 257
    expect(sixteen.rgb.filter((_, index) => index % 3 === 1)).toEqual(expected)
  })
})

describe('an image that is refused', () => {
  it('is called truncated also while other images are decoded beside it, which wipe the words of the decoder', async () => {
    const good = Array.from({ length: 24 }, () => readAndPrepare(join(images, 'jpeg-420.jpg')))
    const cut = Array.from({ length: 24 }, () => readAndPrepare(join(images, 'jpeg-cut-at-half.jpg')))
    await Promise.all(good)
    expect(new Set((await Promise.all(cut)).map((image) => ('code' in image ? image.code : 'read')))).toEqual(
      new Set(['image.truncated']),
    )
  })

  it('may not be read by this user', async () => {
    const path = join(scratch, 'private.jpg')
    writeFileSync(path, 'x')
    chmodSync(path, 0)
    chmodSync(scratch, 0o755)
    const isRoot = process.geteuid?.() === 0 // root may read everything, so it becomes nobody for a moment
    if (isRoot) process.seteuid?.(NOBODY)
    try {
      expect(await readAndPrepare(path)).toMatchObject({ code: 'file.unreadable' })
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})

describe('the fast resize', () => {
  it('is near the exact one on a downscale', async () => {
    const image = drawnImage('rings', 500, 400, 1)
    const [exact, fast] = await Promise.all([
      resizeAndCrop(image, clipLike(224), 'exact'),
      resizeAndCrop(image, clipLike(224), 'fast'),
    ])
    const mean = exact.reduce((sum, value, index) => sum + Math.abs(value - (fast[index] ?? 0)), 0) / exact.length
    expect(fast.length).toBe(exact.length)
    expect(mean).toBeLessThan(3) // levels of 255; another kernel, not another picture
    expect(mean).toBeGreaterThan(0) // or it would be the same code
  })
})

/** What becomes of an image file, from its path to its pixels. */
async function readAndPrepare(path: string, side = 64): Promise<PreparedImage | ImageFault> {
  const read = await readImageBytes(path, DEFAULT_IMAGE_LIMITS)
  return read.kind === 'fault' ? read : prepareImage(read.bytes, clipLike(side), 'exact')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
