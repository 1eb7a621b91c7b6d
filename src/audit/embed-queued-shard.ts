import { embedShard } from './embed-shard.js'
import { DatasetError } from './errors.js'
import type { QueuedRun } from './open-queued-run.js'
import type { QueuedShard, ShardResult } from './queue/queued-shard.js'
import { ShardRefused } from './queue/serve-shards.js'
import type { ShardDesk } from './queue/serve-shards.js'
import type { Tools } from './tools.js'

/** Embeds one shard of an opened run. Rejects with ShardRefused where the store could not be written: what was embedded is lost. */
export async function embedQueuedShard(
  { plan, shard }: QueuedShard,
  { dataset, embedder }: QueuedRun,
  desk: ShardDesk,
  tools: Tools,
): Promise<ShardResult> {
  const onProgress: Tools['onProgress'] = (progress) => {
    if (progress.stage === 'embedding') desk.onProgress(progress)
    tools.onProgress(progress)
  }
  const { images } = await embedShard(embedder, { plan, dataset, shard }, { ...tools, signal: desk.signal, onProgress })
  if (!embedder.images.isKept()) throw notWritable(embedder.store.folder)
  const { found, embedded, quarantined } = images.counts
  return {
    rows: found + embedded + quarantined,
    found,
    embedded,
    quarantined: [...images.quarantined].map(([row, { code, reason }]) => ({ row, code, reason })),
  }
}

function notWritable(folder: string | null): ShardRefused {
  return new ShardRefused(
    new DatasetError('queue.not-writable', {
      at: folder ?? 'the store',
      expected: 'a store that this worker may write',
      received: 'one that it may only read',
      hint: 'Give the worker the right to write there',
    }),
  )
}
