import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A limit on the memory of a command and its children together, or of the command alone. */
export type MemoryLimit = {
  /** `cgroup`: the system kills what goes over it. `heap`: V8 ends its process. */
  readonly kind: 'cgroup' | 'heap'
  /** What a shell does first, before it runs `"$@"` (`through` of a disturbed run). */
  readonly through: (bytes: number) => string
  /** Processes that the system killed for it so far. */
  readonly killed: () => number
  readonly close: () => void
}

const ROOT = '/sys/fs/cgroup/memory'

/** A group below our own (cgroup v1), where one may be made. */
export function groupLimit(): MemoryLimit | null {
  const own = existsSync(ROOT) ? /:memory:(.*)/.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] : undefined
  if (own === undefined) return null
  const group = join(ROOT, own, `probity-test-${process.pid}`)
  try {
    mkdirSync(group)
    writeFileSync(join(group, 'memory.limit_in_bytes'), '1000000000')
  } catch {
    return null
  }
  return {
    kind: 'cgroup',
    through: (bytes) => `echo ${bytes} >${group}/memory.limit_in_bytes && echo $$ >${group}/cgroup.procs && exec "$@"`,
    killed: () => Number(/oom_kill (\d+)/.exec(readFileSync(join(group, 'memory.oom_control'), 'utf8'))?.[1]),
    close: () => {
      for (let attempt = 0; existsSync(group) && attempt < 50; attempt++) {
        try {
          rmdirSync(group)
        } catch {
          spawnSync('sleep', ['0.1']) // a killed process leaves a moment later
        }
      }
    },
  }
}

/** What every machine has: so much for the objects of JavaScript, which are about a tenth of what a run holds. Not handed on to processes of --isolate. */
export function heapLimit(): MemoryLimit {
  return {
    kind: 'heap',
    through: (bytes) => `NODE_OPTIONS=--max-old-space-size=${Math.ceil(bytes / 10_000_000)} exec "$@"`,
    killed: () => 0,
    close: () => undefined,
  }
}
