import { writeFileSync } from 'node:fs'
import { ModelError, saysMemoryShort } from '../errors.js'
import { OUT_OF_MEMORY } from './child-ended.js'
import { BEAT_MS } from './child-protocol.js'
import type { ChildReply, ChildRequest, FromChild } from './child-protocol.js'
import { greyThumbnail } from './grey-thumbnail.js'
import { openLocalChannel } from './inference-channel.js'
import type { Channel } from './inference-channel.js'
import { inTurn } from './in-turn.js'
import { buffersOf } from './inference-protocol.js'
import type { NamedTensor, Numbered } from './inference-protocol.js'
import { prepareImage } from './prepare-image.js'

// The program of a process that decodes or runs models (child-process.ts starts it). Inference stays in a thread of it, so that this one can
// give signs of life.

const DECODING_THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4) || 4 // Node's default

let inference: Channel | undefined
const inferring = inTurn(1) // there is one thread for it
const decoding = inTurn(DECODING_THREADS + 1) // while one picture is resized in this thread, the others are decoded

async function serve(message: ChildRequest): Promise<ChildReply> {
  switch (message.kind) {
    case 'prepare': {
      const { bytes, preprocessing, resize, options } = message
      return { kind: 'prepared', image: await prepareImage(bytes, preprocessing, resize, options) }
    }
    case 'thumbnail':
      return { kind: 'drawn', thumbnail: await greyThumbnail(message.bytes, message.box, message.side) }
    case 'load':
    case 'run':
    case 'end-profile':
    case 'unload': {
      inference ??= openLocalChannel()
      if (message.kind !== 'run') return inference.ask(message, [])
      const feeds = message.feeds.map(copied)
      const reply = await inference.ask({ ...message, feeds }, buffersOf(feeds))
      return reply.kind === 'ran' ? { ...reply, spent: [] } : reply // the other side has kept what it sent
    }
  }
}

/** In memory of its own, which can be moved. What came in a message is a view of all that was received, the start of the next message included. */
function copied(tensor: NamedTensor): NamedTensor {
  return { ...tensor, data: tensor.data.slice() } as NamedTensor // of the same type as before
}

const tell = (message: FromChild): void => void process.send?.(message)
const beat = (): void => tell({ kind: 'beat', memoryBytes: process.memoryUsage.rss() })

function isShort(error: unknown): boolean {
  return saysMemoryShort(error) || (error instanceof ModelError && error.code === 'memory.short')
}

process.on('message', ({ id, message }: Numbered<ChildRequest>) => {
  const inItsTurn = message.kind === 'prepare' || message.kind === 'thumbnail' ? decoding : inferring
  const begin = (): Promise<ChildReply> => {
    tell({ kind: 'begun', id })
    return serve(message)
  }
  // what is no answer of the native libraries is a fault of this process: it ends, and another one is started
  inItsTurn(begin).then(
    (reply) => tell({ id, message: reply }),
    (error: unknown) => {
      process.stderr.write(error instanceof Error ? error.message : String(error))
      process.exit(isShort(error) ? OUT_OF_MEMORY : 1)
    },
  )
})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')) // whoever asked is gone
// a terminal sends them to the whole group; they are meant for the run, which finishes its batch first
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
try {
  if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '1000') // out of memory, the system ends this process first
} catch {
  // no such right here: the limit on memory stands all the same
}
setInterval(beat, BEAT_MS)
beat()
