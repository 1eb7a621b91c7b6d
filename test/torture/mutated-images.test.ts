import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/audit/statistics/random.js'
import type { Random } from '../../src/audit/statistics/random.js'
import { drawnJpeg, drawnPng, drawnWebp } from '../bad-inputs/drawn-files.js'
import { decodingChild, type Answer } from './decoding-child.js'
import { statedSize } from './stated-size.js'
import { settle, TORTURE_SEED, tries } from './torture.js'

const LONGEST = 5_000 // milliseconds of processor time for one file
const FAULTS = ['truncated', 'corrupt', 'format', 'format-blocked', 'pixel-limit', 'scan-limit', 'too-small', 'aspect'].map((code) => `image.${code}`) // prettier-ignore

const child = decodingChild()
afterAll(() => child.close())

let drawn: readonly Buffer[]
beforeAll(async () => {
  const small = await drawnPng(40, 30)
  const drawnNow = await Promise.all([
    drawnJpeg(40, 30),
    drawnJpeg(40, 30, { progressive: true }),
    drawnJpeg(40, 30, { chromaSubsampling: '4:4:4' }),
    sharp(small).greyscale().jpeg().toBuffer(),
    sharp(small).toColourspace('cmyk').jpeg().toBuffer(),
    sharp(small).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    sharp(small).png({ palette: true }).toBuffer(),
    sharp(small).png({ progressive: true }).toBuffer(),
    sharp(small).toColourspace('rgb16').png().toBuffer(),
    sharp(small).ensureAlpha(0.5).png().toBuffer(),
    drawnWebp(40, 30),
    sharp(small).webp({ lossless: true }).toBuffer(),
    sharp(small).ensureAlpha(0.5).webp().toBuffer(),
    sharp(small).withMetadata({ orientation: 3 }).webp().toBuffer(),
  ])
  drawn = [
    small,
    ...drawnNow,
    readFileSync(join(import.meta.dirname, '../fixtures/model-images/webp-animated.webp')),
    readFileSync(join(import.meta.dirname, '../fixtures/model-images/png-animated.png')),
  ]
})

/** One to eight changes: a bit, a byte, some bytes gone, twice, or put in from another file. */
function mutated(bytes: Buffer, others: readonly Buffer[], random: Random): Buffer {
  let copy = Buffer.from(bytes)
  for (let turn = 1 + random.below(8); turn > 0 && copy.length > 1; turn--) {
    const at = random.below(copy.length)
    const length = 1 + random.below(Math.min(64, copy.length - at))
    const other = others[random.below(others.length)]
    switch (random.below(6)) {
      case 0:
        copy[at] ^= 1 << random.below(8)
        break
      case 1:
        copy[at] = [0, 1, 0x7f, 0x80, 0xfe, 0xff, random.below(256)][random.below(7)]
        break
      case 2:
        copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)])
        break
      case 3:
        copy = Buffer.concat([copy.subarray(0, at + length), copy.subarray(at)])
        break
      case 4:
        copy = Buffer.concat([copy.subarray(0, at), other.subarray(at, at + length), copy.subarray(at)])
        break
      default:
        copy.writeUInt8(random.below(256), Math.min(at, 32)) // headers are small, and decide most
    }
  }
  return copy
}

/** A fault that a user can read, or pixels of the size that the file states; at once, and in a process that lives. */
function isWrong(answer: Answer, bytes: Buffer): boolean {
  if (answer.died === true || answer.hung === true || answer.thrown !== undefined) return true
  if ((answer.milliseconds ?? 0) > LONGEST) return true
  if (answer.code !== undefined) return !FAULTS.includes(answer.code) || /\n|vips|libpng/.test(answer.reason ?? '')
  const stated = statedSize(bytes)
  return (
    stated === null ||
    answer.width !== stated[0] ||
    answer.height !== stated[1] ||
    answer.length !== 3 * stated[0] * stated[1]
  )
}

describe('small drawn images with bytes changed', () => {
  it('are decoded to the size they state or refused with a code, and never kill or hold up the process', async () => {
    const random = createRandom(TORTURE_SEED, 'images/mutated')
    const tried = tries(600, 20_000)
    let decoded = 0
    let wrong = 0
    for (let turn = 0; turn < tried; turn++) {
      const bytes = mutated(drawn[turn % drawn.length], drawn, random)
      const answer = await child.decode(bytes)
      if (answer.code === undefined) decoded++
      if (isWrong(answer, bytes)) wrong++
    }
    expect(
      [decoded, tried - decoded].every((count) => count > tried / 20),
      `${decoded} of ${tried} decoded`,
    ).toBe(true)
    settle({
      where: 'images',
      fault: 'bytes of a JPEG, PNG or WebP changed at random, then decoded',
      tried,
      lost: 0,
      wrong,
    })
  })
})

describe('files of formats that are not decoded', () => {
  const ALLOWED = ['jpeg', 'png', 'webp']
  const PREFIXES = ['', '\xff\xd8\xff', '\xff\xd8\xff\xe0\0\x10JFIF\0', '\x89PNG\r\n\x1a\n', 'RIFF\0\x10\0\0WEBP', ' \n', '\xef\xbb\xbf'] // prettier-ignore

  it('are never decoded, with bytes changed and behind the signature of an allowed one', async () => {
    const small = await drawnPng(40, 30)
    const blocked = [
      await sharp(small).gif().toBuffer(),
      await sharp(small).tiff().toBuffer(),
      await sharp(small).avif({ effort: 0 }).toBuffer(),
      ...['svg.svg', 'svg-named.jpg', 'bmp.bmp', 'jpeg-2000.jp2', 'heic-header.heic', 'pdf.pdf'].map((name) =>
        readFileSync(join(import.meta.dirname, '../fixtures/model-images', name)),
      ),
    ]
    const random = createRandom(TORTURE_SEED, 'images/blocked')
    const tried = tries(200, 4_000)
    let wrong = 0
    for (let turn = 0; turn < tried; turn++) {
      const plain = blocked[turn % blocked.length]
      const prefix = Buffer.from(PREFIXES[random.below(PREFIXES.length)], 'latin1')
      const bytes = Buffer.concat([prefix, random.below(3) === 0 ? plain : mutated(plain, blocked, random)])
      const answer = await child.decode(bytes)
      const byLibrary = await child.decode(bytes, true) // past our look at the first bytes
      const isLoaded = byLibrary.code === undefined && !ALLOWED.includes(byLibrary.format ?? '')
      if (answer.code === undefined || isWrong(answer, bytes) || isLoaded) wrong++
    }
    settle({
      where: 'images',
      fault: 'a blocked format, mutated or behind the signature of an allowed one',
      tried,
      lost: 0,
      wrong,
    })
  })
})
