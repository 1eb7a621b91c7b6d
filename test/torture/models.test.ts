import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { beforeAll, describe, it } from 'vitest'
import { ModelError } from '../../src/audit/errors.js'
import { embedEach } from '../../src/audit/embedding/embed-each.js'
import type { EmbeddedImage } from '../../src/audit/embedding/embed-each.js'
import { openModel } from '../../src/audit/model/open-model.js'
import { readModelFolder } from '../../src/audit/model/read-model-folder.js'
import { createRandom } from '../../src/audit/statistics/random.js'
import { drawnImage } from '../audit/model/drawn-image.js'
import { fakeVision, SIDE, writeFakeModel } from '../audit/model/fake-model.js'
import { BUILT_CHILD, isBuilt, isolatedChildren } from '../support/isolation/children.js'
import { settle, TORTURE_SEED, tries } from './torture.js'

const IMAGES = 24
const LONGEST_MS = 900_000

const isolation = { entry: BUILT_CHILD }
const random = createRandom(TORTURE_SEED, 'models')

const folder = (): string => mkdtempSync(join(tmpdir(), 'probity-torture-models-'))

describe.skipIf(!isBuilt)('models and decoders in processes of their own (skipped before npm run build)', () => {
  let photos: Buffer[]
  beforeAll(async () => {
    photos = await Promise.all(
      Array.from({ length: IMAGES }, (_, seed) =>
        sharp(drawnImage('noise', 40, 30, seed + 1).rgb, { raw: { width: 40, height: 30, channels: 3 } })
          .png()
          .toBuffer(),
      ),
    )
  })

  it.skipIf(process.platform !== 'linux')(
    'give the same vectors although they are killed at random moments',
    { timeout: LONGEST_MS },
    async () => {
      const read = await readModelFolder(writeFakeModel(folder()))
      const embedAll = async (): Promise<EmbeddedImage[]> => {
        const model = await openModel(read, { resize: 'exact', threads: 1, batch: 4, isolation })
        try {
          const pixels = await Promise.all(photos.map((bytes) => model.prepareImage(bytes)))
          const found: EmbeddedImage[] = []
          for (let start = 0; start < IMAGES; start += 4) {
            const batch = pixels.slice(start, start + 4).flatMap((image) => (image.kind === 'image' ? [image.pixels] : [])) // prettier-ignore
            found.push(...(await embedEach(model, batch)))
          }
          return found
        } finally {
          isOver = true
          await model.close()
        }
      }
      let isOver: boolean
      const undisturbed = await embedAll()
      const row = { where: 'model', fault: 'a process that decodes or infers is killed at a random moment', tried: 0, lost: 0, wrong: 0 } // prettier-ignore
      for (let attempt = 0; attempt < tries(3, 50); attempt++) {
        isOver = false
        const run = embedAll().catch((error: unknown) => error)
        while (!isOver) {
          await sleep(random.below(700))
          const pids = isolatedChildren()
          if (isOver || pids.length === 0) continue
          process.kill(pids[random.below(pids.length)], 'SIGKILL')
          row.tried++
          break
        }
        const found = await run
        if (!Array.isArray(found)) row.wrong++
        else {
          row.lost += IMAGES - found.filter((vector) => vector instanceof Float32Array).length
          if (!sameVectors(found as EmbeddedImage[], undisturbed)) row.wrong++
        }
      }
      settle(row)
    },
  )

  it(
    'works or is refused in one sentence, whatever random bytes of an ONNX file are',
    { timeout: LONGEST_MS },
    async () => {
      const sound = Buffer.from(fakeVision())
      const row = { where: 'model', fault: 'random bytes of an ONNX file are others (under --isolate)', tried: 0, lost: 0, wrong: 0 } // prettier-ignore
      const pixels = Array.from({ length: 4 }, (_, seed) => drawnImage('noise', SIDE, SIDE, seed + 1).rgb)
      for (let attempt = 0; attempt < tries(8, 300); attempt++) {
        const broken = Buffer.from(sound)
        const changes = 1 + random.below(8)
        for (let change = 0; change < changes; change++) broken[random.below(broken.length)] = random.below(256)
        row.tried++
        try {
          const read = await readModelFolder(writeFakeModel(folder(), { 'onnx/vision_model.onnx': broken }))
          const model = await openModel(read, { resize: 'exact', threads: 1, batch: 4, isolation })
          try {
            await embedEach(model, pixels)
          } finally {
            await model.close()
          }
        } catch (error) {
          const isOneLine = error instanceof ModelError && !error.message.includes('\n') && !/ at .*:\d+:\d+/.test(error.message) // prettier-ignore
          if (!isOneLine) row.wrong++
        }
      }
      settle(row)
    },
  )
})

function sameVectors(left: readonly EmbeddedImage[], right: readonly EmbeddedImage[]): boolean {
  return left.length === right.length && left.every((one, index) => sameVector(one, right[index]))
}

function sameVector(left: EmbeddedImage, right: EmbeddedImage): boolean {
  if (!(left instanceof Float32Array) || !(right instanceof Float32Array)) return false
  return Buffer.from(left.buffer, left.byteOffset, left.byteLength).equals(
    Buffer.from(right.buffer, right.byteOffset, right.byteLength),
  )
}
