import type { Isolation } from '../types/isolation.js'
import type { Box } from '../types/dataset.js'
import { ChildEnded, describeEnd, isHang, isKilled } from './child-ended.js'
import type { ChildReply, ChildRequest } from './child-protocol.js'
import { greyThumbnail } from './grey-thumbnail.js'
import { imageFault } from './image-fault.js'
import type { ImageFault } from './image-fault.js'
import { isolationFailed } from './isolation-failed.js'
import { prepareImage } from './prepare-image.js'
import { superviseChild } from './supervise-child.js'

/** Where images are decoded: in this process, or in one that may die of them. */
export type Decoder = {
  readonly prepareImage: typeof prepareImage
  readonly greyThumbnail: (bytes: Uint8Array, box: Box | null, side: number) => Promise<Uint8Array | ImageFault>
  readonly close: () => void
}

const DECODE_MS = 30_000
const IMAGES_PER_PROCESS = 20_000

/** One pixel, as a PNG. */
const DRAWN = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC',
  'base64',
)

/** Decodes in this process where no isolation is asked for. */
export function openDecoder(isolation: Isolation | undefined): Decoder {
  if (isolation === undefined) return { prepareImage, greyThumbnail, close: () => undefined }
  return openIsolatedDecoder(isolation)
}

/**
 * Decoding in a process of its own. An image that ends it, or that it gives no answer for, is a fault of the image (`decoder.crash`,
 * `decoder.timeout`). Rejects with ModelError (`isolate.ended`) where the process ends of a drawn pixel too, or was killed for want of memory: then
 * no image is to blame.
 */
function openIsolatedDecoder(isolation: Isolation): Decoder {
  const { decodeMs: ms = DECODE_MS, requestsPerProcess = IMAGES_PER_PROCESS } = isolation
  const child = superviseChild({ isolation, requestsPerProcess })
  const ask = async (request: ChildRequest): Promise<ChildReply | ImageFault> => {
    try {
      return await child.ask({ message: () => request, ms })
    } catch (error) {
      if (!(error instanceof ChildEnded)) throw error
      if (isKilled(error.end)) throw isolationFailed(error, 'decodes')
      await child.ask({ message: () => ({ kind: 'thumbnail', bytes: DRAWN, box: null, side: 1 }), ms }).catch(refuse)
      return endFault(error)
    }
  }
  return {
    prepareImage: async (bytes, preprocessing, resize, options = {}) => {
      const reply = await ask({ kind: 'prepare', bytes, preprocessing, resize, options })
      if (reply.kind === 'fault') return reply
      if (reply.kind !== 'prepared') throw new Error(`unexpected reply ${reply.kind}`)
      return reply.image
    },
    greyThumbnail: async (bytes, box, side) => {
      const reply = await ask({ kind: 'thumbnail', bytes, box, side })
      if (reply.kind === 'fault') return reply
      if (reply.kind !== 'drawn') throw new Error(`unexpected reply ${reply.kind}`)
      return reply.thumbnail
    },
    close: () => child.close(),
  }
}

function refuse(error: unknown): never {
  throw error instanceof ChildEnded ? isolationFailed(error, 'decodes') : error
}

function endFault({ end }: ChildEnded): ImageFault {
  return isHang(end)
    ? imageFault('decoder.timeout', `the process that decoded it ${describeEnd(end)}`)
    : imageFault('decoder.crash', `the process that decoded it ${describeEnd(end)}`)
}
