import sharp, { type JpegOptions, type Sharp } from 'sharp'
import { drawnImage } from '../audit/model/drawn-image.js'

/** A drawn photograph-like picture as a JPEG of some kilobytes. */
export function drawnJpeg(width = 96, height = 72, options: JpegOptions = {}): Promise<Buffer> {
  return drawn(width, height).jpeg(options).toBuffer()
}

export function drawnPng(width = 96, height = 72): Promise<Buffer> {
  return drawn(width, height).png().toBuffer()
}

export function drawnWebp(width = 96, height = 72): Promise<Buffer> {
  return drawn(width, height).webp().toBuffer()
}

/** Noise and rings: hard to compress, so that half of the bytes are half of the picture. */
function drawn(width: number, height: number): Sharp {
  return sharp(drawnImage('noise', width, height, 1).rgb, { raw: { width, height, channels: 3 } })
}
