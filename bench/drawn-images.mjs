// Drawn pictures for the races: soft colour fields with a little noise, as heavy to decode as photographs of about
// 400 x 500. No people, nothing downloaded; drawn once into the temporary folder and used again.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { cacheFolder } from './cache-folder.mjs'
import { createFastRandom } from './fast-random.mjs'

const RECIPE = 'drawn images, recipe 1' // a new number draws them again
const MARKER = 'drawn.txt' // written last, so a folder that was interrupted is drawn again
const QUALITY = 88
const NOISE = 6 // of 255: enough that a JPEG holds detail everywhere, as a photograph does
const FIELDS = { width: 6, height: 8 } // colour fields before they are spread out
const CHANNELS = 3

/**
 * Draws `count` JPEG files into `folder`/images and `folder`/labels.csv with the columns image and group (A and B in
 * turn), unless the same are there already. Returns where they are.
 */
export async function drawImages(folder, { count, seed }) {
  const drawn = { images: join(folder, 'images'), labels: join(folder, 'labels.csv'), count }
  const marker = join(folder, MARKER)
  const recipe = `${RECIPE}: ${count}, seed ${seed}`
  if ((await readFile(marker, 'utf8').catch(() => '')) === recipe) return drawn
  console.error(`drawing ${count} images in ${folder} (once)`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(drawn.images, { recursive: true })
  const names = Array.from({ length: count }, (_, index) => `image-${String(index).padStart(5, '0')}.jpg`)
  for (const [index, name] of names.entries()) {
    await writeFile(join(drawn.images, name), await drawImage(createFastRandom((seed + 1) * 1_000_003 + index)))
  }
  const rows = names.map((name, index) => `${name},${index % 2 === 0 ? 'A' : 'B'}`)
  await writeFile(drawn.labels, ['image,group', ...rows, ''].join('\n'))
  await writeFile(marker, recipe)
  return drawn
}

/** Where the races keep their pictures. */
export function imagesFolder(count) {
  return cacheFolder(`images-${count}`)
}

/** One JPEG of 380-420 x 480-520 pixels. */
async function drawImage(random) {
  for (let warm = 0; warm < 8; warm += 1) random.next(1) // neighbouring seeds start alike
  const width = Math.round(400 + random.next(20))
  const height = Math.round(500 + random.next(20))
  const fields = Uint8Array.from({ length: FIELDS.width * FIELDS.height * CHANNELS }, () => 128 + random.next(110))
  const pixels = await sharp(fields, { raw: { ...FIELDS, channels: CHANNELS } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .raw()
    .toBuffer()
  for (let index = 0; index < pixels.length; index += 1) {
    pixels[index] = Math.max(0, Math.min(255, Math.round(pixels[index] + random.next(NOISE))))
  }
  return sharp(pixels, { raw: { width, height, channels: CHANNELS } })
    .jpeg({ quality: QUALITY })
    .toBuffer()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = Number(process.argv[2] ?? 256)
  console.log(await drawImages(imagesFolder(count), { count, seed: 1 }))
}
