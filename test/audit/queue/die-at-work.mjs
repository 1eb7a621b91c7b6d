// A worker that is killed while it has a shard. Arguments: the port of the server, the name of the queue.
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { serveShards } from '../../../dist/audit/queue/serve-shards.js'
import { readQueueAddress } from '../../../dist/audit/definitions/read-queue-address.js'

const [, , port, name] = process.argv
await serveShards(readQueueAddress(`redis://127.0.0.1:${port}`), {
  name,
  ...{ worker: 'dies', silentMs: 500, untilEmpty: false, now: () => performance.now(), onNotice: () => undefined },
  work: () => process.kill(process.pid, 'SIGKILL'),
})
