import type { RgbImage } from '../../../src/audit/model/rgb-image.js'

export type DrawnKind = 'gradient' | 'rings' | 'checker' | 'noise' | 'contrast' | 'grey'

/** An image drawn from an integer formula; must stay equal to draw() of make-pixel-references.py. */
export function drawnImage(kind: DrawnKind, width: number, height: number, seed: number): RgbImage {
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < rgb.length; i++) {
    const pixel = Math.floor(i / 3)
    rgb[i] = valueAt(kind, { x: pixel % width, y: Math.floor(pixel / width), channel: i % 3, seed })
  }
  return { width, height, rgb }
}

type Place = { x: number; y: number; channel: number; seed: number }

function valueAt(kind: DrawnKind, { x, y, channel, seed }: Place): number {
  switch (kind) {
    case 'gradient':
      return (x * 3 + y * 2 + channel * 40 + seed) & 255
    case 'rings':
      return ((x * x + y * y * 2 + channel * 97 + seed) >> 4) & 255
    case 'checker':
      return (((x >> 3) + (y >> 3) + seed) & 1) === 1 ? 255 - channel * 30 : channel * 20
    case 'noise':
      return scrambled({ x, y, channel, seed }) & 255
    case 'contrast':
      return (scrambled({ x, y, channel, seed }) & 1) === 1 ? 255 : 0
    case 'grey':
      return scrambled({ x, y, channel: 0, seed }) & 255
  }
}

function scrambled({ x, y, channel, seed }: Place): number {
  let hash =
    Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(channel, 83492791) ^ Math.imul(seed, 2654435761)
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x45d9f3b)
  return hash ^ (hash >>> 16)
}
