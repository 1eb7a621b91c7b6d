import { escaped } from '../audit/errors.js'
import type { QueueNotice } from '../audit/types/queue.js'
import { counted } from './shown.js'

/** What is told of a queue, in one line. Words of other machines are in it, without anything that a terminal obeys. */
export function describeQueue(notice: QueueNotice): string {
  switch (notice.kind) {
    case 'lost':
      return 'the queue cannot be reached; what is under way goes on, and the queue is waited for'
    case 'back':
      return 'the queue is there again'
    case 'evicts':
      return `warning: this Redis server drops entries when its memory is full (maxmemory-policy ${escaped(notice.policy)}), shards among them; set it to noeviction`
    case 'trouble':
      return `warning: the Redis server refuses: ${escaped(notice.reason)}`
    case 'no-workers':
      return 'no worker takes these shards; start some with: probity worker --queue ... (waiting)'
    case 'refused':
      return `warning: worker ${escaped(notice.worker)} cannot do these shards, and ends: ${escaped(notice.reason)}`
    case 'forgotten':
      return `note: the Redis server has forgotten ${counted(notice.shards, 'shard')}; handed out again`
    case 'began':
      return `${shardOf(notice)}:`
    case 'done':
      return `${shardOf(notice)}: done, ${counted(notice.rows, 'image')}, ${notice.embedded} embedded, ${notice.quarantined} quarantined`
    case 'failed':
      return `${shardOf(notice)}: failed: ${escaped(notice.reason)}`
    case 'taken':
      return `${shardOf(notice)}: given to another worker meanwhile: this one could not be reached for too long`
  }
}

function shardOf({ number, of }: { readonly number: number; readonly of: number }): string {
  return `shard ${number} of ${of}`
}
