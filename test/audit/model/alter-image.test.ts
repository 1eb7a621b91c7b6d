import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { alterImage } from '../../../src/audit/model/alter-image.js'
import type { Transform } from '../../../src/audit/types/measures.js'
import { drawnImage, type DrawnKind } from './drawn-image.js'

type Case = {
  image: [kind: DrawnKind, width: number, height: number, seed: number]
  transform: Transform
  width: number
  height: number
  sha256: string
}

// Reference: numpy 1.24.2, scipy 1.10.1 and Pillow 9.4.0, by make-alteration-references.py beside this file.
const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/alteration-references.json', import.meta.url), 'utf8'),
) as { cases: Case[] } // written by our own script

describe('altering an image, as numpy, scipy and Pillow do', () => {
  it.each(cases)('$transform of $image', async ({ image, transform, width, height, sha256 }) => {
    const altered = await alterImage(drawnImage(...image), transform)
    expect([altered.width, altered.height]).toEqual([width, height])
    expect(createHash('sha256').update(altered.rgb).digest('hex')).toBe(sha256)
  })
})

describe('altering an image', () => {
  const image = drawnImage('noise', 30, 20, 1)
  const identities: Transform[] = [
    { id: 'same', alter: 'brightness', factor: 1 },
    { id: 'whole', alter: 'crop', keep: 1 },
  ]

  it.each(identities)('leaves it as it is where nothing is asked: $alter', async (transform) => {
    expect((await alterImage(image, transform)).rgb).toEqual(image.rgb)
  })

  it.each<Transform>([
    { id: 'blur', alter: 'blur', sigma: 3 },
    { id: 'brightness', alter: 'brightness', factor: 0.5 },
    { id: 'jpeg', alter: 'jpeg', quality: 50 },
    { id: 'grey', alter: 'grey' },
    { id: 'crop', alter: 'crop', keep: 0.9 },
  ])('gives the same bytes twice, and does not touch its input: $alter', async (transform) => {
    const before = image.rgb.slice()
    const [first, second] = [await alterImage(image, transform), await alterImage(image, transform)]
    expect(first).toEqual(second)
    expect(image.rgb).toEqual(before)
    expect(first.rgb).not.toEqual(before)
  })

  it('keeps an image of one colour as it is under blur, grey and crop', async () => {
    const flat = { width: 9, height: 7, rgb: new Uint8Array(9 * 7 * 3).fill(93) }
    for (const transform of [
      { id: 'blur', alter: 'blur', sigma: 2.5 },
      { id: 'grey', alter: 'grey' },
      { id: 'crop', alter: 'crop', keep: 0.6 },
    ] as const)
      expect(new Set((await alterImage(flat, transform)).rgb)).toEqual(new Set([93]))
  })

  it('blurs what is further away than its reach not at all, and refuses a sigma of 0', async () => {
    const dot = { width: 21, height: 1, rgb: new Uint8Array(63) }
    dot.rgb.fill(255, 30, 33)
    const { rgb } = await alterImage(dot, { id: 'blur', alter: 'blur', sigma: 1 })
    // Gaussian weights to 4 pixels: 255 x 0.3989 = 101.7, x 0.2420 = 61.7, x 0.0540 = 13.8, x 0.0044 = 1.1
    expect([...rgb].filter((_, index) => index % 3 === 0)).toEqual([
      ...[0, 0, 0, 0, 0, 0, 0, 1, 14, 62, 102, 62, 14, 1, 0, 0, 0, 0, 0, 0, 0],
    ])
    await expect(alterImage(dot, { id: 'none', alter: 'blur', sigma: 0 })).rejects.toThrow(RangeError)
  })

  it('keeps at least one pixel of a side', async () => {
    const { width, height } = await alterImage(drawnImage('noise', 2, 100, 1), { id: 'c', alter: 'crop', keep: 0.2 })
    expect([width, height]).toEqual([1, 20])
  })
})
