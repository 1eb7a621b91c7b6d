import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { encodeIndexedPng } from '../../src/phantom/png.js'

describe('an indexed PNG', () => {
  it('decodes to the colours of its palette, pixel by pixel', async () => {
    const palette = Uint8Array.of(0, 0, 0, 255, 255, 255, 10, 20, 30)
    const file = encodeIndexedPng(3, 2, Uint8Array.of(0, 1, 2, 2, 1, 0), palette)
    const { data, info } = await sharp(file, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height, info.channels]).toEqual([3, 2, 3])
    expect([...data]).toEqual([0, 0, 0, 255, 255, 255, 10, 20, 30, 10, 20, 30, 255, 255, 255, 0, 0, 0])
  })

  it('is refused when its pixels do not fit one stored block', () => {
    expect(() => encodeIndexedPng(300, 300, new Uint8Array(90_000), new Uint8Array(3))).toThrow('does not fit')
  })
})
