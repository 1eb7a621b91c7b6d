import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { drawnJpeg, drawnPng, drawnWebp, jpegOfScans, pngOfZeros } from '../bad-inputs/drawn-files.js'

/** One way in which the image at a path is made bad, and the code that it must be quarantined with. */
export type Spoiling = { readonly name: string; readonly code: string; readonly spoil: (path: string) => void }

const FIXTURES = join(import.meta.dirname, '../fixtures/model-images')

/** Twenty ways, drawn once. `outside` is a file out of the image folder. */
export async function twentyWays(outside: string): Promise<readonly Spoiling[]> {
  const [jpeg, png, webp] = await Promise.all([drawnJpeg(), drawnPng(), drawnWebp()])
  const [scans, zeros] = [jpegOfScans(512, 512, 400), pngOfZeros(8_000)]
  const gif = await sharp(png).gif().toBuffer()
  const avif = await sharp(png).avif({ effort: 0 }).toBuffer()
  const content = (name: string, code: string, bytes: Uint8Array): Spoiling => ({
    name,
    code,
    spoil: (path) => writeFileSync(path, bytes),
  })
  const instead = (name: string, code: string, make: (path: string) => void): Spoiling => ({
    name,
    code,
    spoil: (path) => {
      rmSync(path)
      make(path)
    },
  })
  return [
    content('zero bytes', 'image.empty', Buffer.alloc(0)),
    content('text', 'image.format', Buffer.from('no image at all')),
    content('a JPEG cut at half', 'image.truncated', jpeg.subarray(0, jpeg.length / 2)),
    content('a PNG without its end', 'image.truncated', png.subarray(0, -20)),
    content('a WebP without its end', 'image.truncated', webp.subarray(0, -20)),
    content('the header of a JPEG', 'image.corrupt', jpeg.subarray(0, 40)),
    content('a PNG with a flipped byte', 'image.corrupt', readFileSync(join(FIXTURES, 'png-flipped-byte.png'))),
    content('a GIF', 'image.format-blocked', gif),
    content('an AVIF', 'image.format-blocked', avif),
    content('an SVG', 'image.format-blocked', readFileSync(join(FIXTURES, 'svg-named.jpg'))),
    content('one pixel', 'image.too-small', readFileSync(join(FIXTURES, 'png-1x1.png'))),
    content('a strip', 'image.aspect', readFileSync(join(FIXTURES, 'png-10000x1.png'))),
    content('64 million pixels', 'image.pixel-limit', zeros),
    content('400 scans', 'image.scan-limit', scans),
    instead('no file', 'file.missing', () => undefined),
    instead('a file over 100 MB', 'file.too-large', (path) => {
      writeFileSync(path, '')
      truncateSync(path, 100_000_001) // no block of it is on the disk
    }),
    instead('a folder', 'file.not-regular', (path) => mkdirSync(path)),
    instead('a pipe', 'file.not-regular', (path) => execFileSync('mkfifo', [path])),
    instead('a link to itself', 'file.symlink-loop', (path) => symlinkSync(path, path)),
    instead('a link out of the folder', 'path.escape', (path) => symlinkSync(outside, path)),
  ]
}
