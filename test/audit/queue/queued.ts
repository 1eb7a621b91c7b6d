import { readQueueAddress } from '../../../src/audit/definitions/read-queue-address.js'
import { QUEUED_SHARD_FORMAT, runIdOf } from '../../../src/audit/queue/queued-shard.js'
import type { QueuedShard, ShardResult } from '../../../src/audit/queue/queued-shard.js'
import type { DatasetPlan } from '../../../src/audit/types/definitions.js'
import type { QueueAddress, QueueNotice } from '../../../src/audit/types/queue.js'

const sha256 = (digit: string): string => digit.repeat(64)

const PEOPLE: DatasetPlan = {
  ...{ id: 'people', labels: '/shared/labels.csv', images: '/shared/images', crop: null, licence: null },
  format: 'csv',
  map: [{ attribute: 'race', column: 'race' }],
  where: [],
  unknownValues: 'refuse',
  followOutside: false,
  simulated: true,
}

/** Shards of a run that names files which nobody opens. */
export function queuedShards(of: number, store = '/shared/store'): QueuedShard[] {
  const asked = {
    format: QUEUED_SHARD_FORMAT,
    plan: {
      models: ['/shared/model'],
      dataset: PEOPLE,
      resize: 'exact',
    },
    store,
    batch: 32,
    expected: { dataset: sha256('a'), encoder: sha256('b'), preprocessing: sha256('c') },
  } as const
  const run = runIdOf(asked, of)
  return Array.from({ length: of }, (_, index) => ({ ...asked, run, shard: { number: index + 1, of } }))
}

export const tenRows: ShardResult = {
  rows: 10,
  found: 0,
  embedded: 9,
  quarantined: [{ row: 3, code: 'image.truncated', reason: 'cut' }],
}

export const addressOf = (port: number): QueueAddress => readQueueAddress(`redis://127.0.0.1:${port}`)

/** Keeps what is told. */
export function notebook(): { readonly notices: QueueNotice[]; readonly onNotice: (notice: QueueNotice) => void } {
  const notices: QueueNotice[] = []
  return { notices, onNotice: (notice) => notices.push(notice) }
}
