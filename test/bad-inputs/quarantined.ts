import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ImageFaultCode } from '../../src/audit/model/image-fault.js'
import { DEFAULT_IMAGE_LIMITS } from '../../src/audit/model/image-limits.js'
import { decodeImage } from '../../src/audit/model/decode-image.js'
import type { DecodedImage, ImageFlag } from '../../src/audit/model/decode-image.js'
import { prepareImage } from '../../src/audit/model/prepare-image.js'
import type { PreparedImage } from '../../src/audit/model/prepare-image.js'
import type { ImageFault } from '../../src/audit/model/image-fault.js'
import { readImageBytes } from '../../src/audit/model/read-image-bytes.js'
import { clipLike } from '../audit/model/clip-like.js'

/** What becomes of one image file in this process, from its path to its pixels: as in an audit, but for the inference. */
export async function readAndPrepare(path: string): Promise<PreparedImage | ImageFault> {
  const read = await readImageBytes(path, DEFAULT_IMAGE_LIMITS)
  return read.kind === 'fault' ? read : prepareImage(read.bytes, clipLike(64), 'exact')
}

/** The content, as a file of its own, is quarantined with the code and one plain sentence. */
export async function quarantines(
  content: Uint8Array,
  code: ImageFaultCode,
  reason: string | RegExp = /./,
): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'probity-bad-')), 'image.jpg')
  writeFileSync(path, content)
  expectQuarantine(await readAndPrepare(path), code, reason)
}

/** The code, with a reason in one line and no stack trace. */
export function expectQuarantine(
  found: PreparedImage | ImageFault,
  code: ImageFaultCode,
  reason: string | RegExp = /./,
): void {
  expect(found).toMatchObject({ kind: 'fault', code })
  if (found.kind !== 'fault') return
  if (typeof reason === 'string') expect(found.reason).toBe(reason)
  else expect(found.reason).toMatch(reason)
  expect(found.reason).not.toMatch(/\n| at .*:\d+|vips|libpng/i)
}

/** The content, as a file of its own, is used: pixels of the size that the model asks for, with these notes. */
export async function isUsed(content: Uint8Array, notes: readonly ImageFlag[] = []): Promise<DecodedImage> {
  const decoded = await decodeImage(content, DEFAULT_IMAGE_LIMITS)
  if ('kind' in decoded) throw new Error(`${decoded.code}: ${decoded.reason}`)
  expect(decoded.flags).toEqual(notes)
  expect(decoded.rgb).toHaveLength(3 * decoded.width * decoded.height)
  expect(await prepareImage(content, clipLike(64), 'exact')).toMatchObject({ kind: 'image', width: 64, height: 64 })
  return decoded
}
