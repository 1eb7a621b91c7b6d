import { readFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runModelCheck } from '../../src/audit/run-model-check.js'
import type { ModelCheck } from '../../src/audit/run-model-check.js'
import { writeFakeModel } from './model/fake-model.js'
import { sharedMaterial } from '../support/shared.js'

const images = fileURLToPath(new URL('../fixtures/model-images/', import.meta.url))

describe('checking a model folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'probity-check-'))
  let check: ModelCheck
  beforeAll(async () => {
    check = await runModelCheck(writeFakeModel(folder), {
      texts: ['a man', 'man '.repeat(40)],
      images: [join(images, 'png-rgb.png'), join(images, 'text.jpg')],
      resize: 'exact',
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('shows the tokens of a text, and that one which is too long has no vector', () => {
    expect(check.texts[0]).toMatchObject({ ids: [1, 3, 10, 2], paddedLength: 16, padId: 2, fits: true })
    expect(check.texts[1]).toMatchObject({ fits: false, embedding: null })
  })

  it('shows what became of an image, and why another one cannot be used', () => {
    expect(check.images[0]).toMatchObject({ fault: null, width: 8, height: 8, flags: [] })
    expect(check.images[1]).toEqual({
      path: join(images, 'text.jpg'),
      fault: { code: 'image.format', reason: 'the bytes are not those of an image' },
    })
  })

  it('gives cosines where both sides have a vector, and null elsewhere', () => {
    const [[cosine, tooLong], broken] = check.similarities as [[number, null], [null, null]] // two images, two texts
    expect(Math.abs(cosine)).toBeLessThanOrEqual(1)
    expect([tooLong, ...broken]).toEqual([null, null, null])
  })

  it('describes the tensor channel by channel', () => {
    const [image] = check.images
    if (image?.fault !== null) throw new Error('the image is good')
    for (const { min, max, mean, std } of image.channels) {
      expect(min).toBeGreaterThanOrEqual(-1) // (0 / 255 - 0.5) / 0.5
      expect(max).toBeLessThanOrEqual(1)
      expect(mean).toBeGreaterThan(min)
      expect(std).toBeGreaterThan(0)
    }
  })

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(check))).toEqual(check)
  })
})

const miniClip = sharedMaterial('models/mini-clip')
const shared = sharedMaterial('data')

describe.skipIf(!miniClip.isHere || !shared.isHere)(`real photographs ${shared.skipped}`, () => {
  it('are decoded, resized and cropped to the bytes that Pillow gives', async () => {
    // Reference: Pillow 9.4.0 (libjpeg-turbo 2.1), by make-photo-references.py; values only, no image is kept here.
    const url = new URL('../fixtures/photo-references.json', import.meta.url)
    const rows = JSON.parse(readFileSync(url, 'utf8')) as { file: string; sha256: string }[] // written by our own script
    const check = await runModelCheck(miniClip.path, {
      texts: [],
      images: rows.map(({ file }) => join(shared.path, file)),
      resize: 'exact',
    })
    expect(check.images.map((image) => (image.fault === null ? image.sha256OfPixels : image.fault.code))).toEqual(
      rows.map(({ sha256 }) => sha256),
    )
  })
})
