import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { plainJpegSize } from '../../../src/audit/model/plain-jpeg.js'

const drawn = sharp({ create: { width: 12, height: 7, channels: 3, background: { r: 200, g: 90, b: 10 } } })

describe('the header of a JPEG', () => {
  it('gives the size of one of three channels, baseline or progressive', async () => {
    for (const progressive of [false, true]) {
      const bytes = await drawn.clone().jpeg({ progressive }).toBuffer()
      expect(plainJpegSize(bytes)).toEqual({ width: 12, height: 7 })
    }
  })

  it('says nothing where metadata may say more: EXIF, grey, CMYK', async () => {
    const exif = await drawn.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const grey = await drawn.clone().toColourspace('b-w').jpeg().toBuffer()
    const cmyk = await drawn.clone().toColourspace('cmyk').jpeg().toBuffer()
    expect([exif, grey, cmyk].map(plainJpegSize)).toEqual([null, null, null])
  })

  it('says nothing of one that ends before its first scan, at any byte', async () => {
    const bytes = await drawn.clone().jpeg().toBuffer()
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]))
    for (let length = 0; length < scan; length++) expect(plainJpegSize(bytes.subarray(0, length))).toBeNull()
  })

  it('says nothing of one with two frames', async () => {
    const bytes = await drawn.clone().jpeg().toBuffer()
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    const twice = Buffer.concat([bytes.subarray(0, frame + 19), bytes.subarray(frame)])
    expect(plainJpegSize(twice)).toBeNull()
  })
})
