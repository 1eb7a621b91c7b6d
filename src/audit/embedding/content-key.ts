import { createHash } from 'node:crypto'
import type { Box } from '../types/dataset.js'

/** What the vector of an image is kept under: SHA-256 of the content, and of the box with it where only a part of the picture is embedded. */
export function contentKey(sha256: string, box: Box | null): string {
  if (box === null) return sha256
  const { unit, left, top, width, height, padding } = box
  return createHash('sha256').update(`${sha256} ${unit} ${left} ${top} ${width} ${height} ${padding}`).digest('hex')
}
