import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isSlurmHere } from '../e2e/slurm-cluster.js'
import { SHARED } from './shared.js'

/** A test that may be skipped where the machine cannot do what it needs, and what is then not tried. */
export type Excuse = {
  readonly file: string
  /** How the full name of the test begins. */
  readonly test: string
  /** What was not tried, in words that are printed. */
  readonly why: string
  /** Tries it: an excuse holds only where the machine truly cannot. */
  readonly isImpossible: () => boolean
}

const cannot = (...command: readonly string[]): boolean =>
  spawnSync('unshare', command, { stdio: 'ignore' }).status !== 0
const cannotMount = (): boolean => cannot('-m', 'mount', '-t', 'tmpfs', 'none', '/tmp')
const cannotMountAsUser = (): boolean => cannotMount() && cannot('-r', '-m', 'mount', '-t', 'tmpfs', 'none', '/tmp')

const hasNoRedis = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status !== 0
const NO_REDIS = 'no redis-server is here, so no shard went through a queue' // .ci/run installs it where it may

/** Every skip that is excused beside those for want of ../shared. A new one is written down here with its reason, or fails CI. */
export const EXCUSES: readonly Excuse[] = [
  {
    file: 'test/torture/run-disk.test.ts',
    test: 'a disk that is full',
    why: 'no disk of a chosen size may be mounted, so none was filled to the brim; limits on the size of files and /dev/full were tried',
    isImpossible: cannotMount,
  },
  {
    file: 'test/torture/store-processes.test.ts',
    test: 'several processes on one store > of two machines',
    why: 'no machine name of its own may be given to a process, so no folder was shared by two',
    isImpossible: () => cannot('-u', '-m', 'true') && cannot('-r', '-u', '-m', 'true'),
  },
  {
    file: 'test/torture/store-processes.test.ts',
    test: 'a store on a read-only file system',
    why: 'nothing may be mounted read-only; a store whose folder has no right to write was tried',
    isImpossible: cannotMountAsUser,
  },
  {
    file: 'test/e2e/pull.test.ts',
    test: 'an audit > of a pulled model runs where there is no network',
    why: 'no namespace without a network may be made; that no connection is opened was traced',
    isImpossible: () => cannot('-rn', 'true'),
  },
  {
    file: 'test/e2e/slurm.test.ts',
    test: 'deploy/slurm.sbatch on a real SLURM',
    why: 'SLURM is not installed, or this is not root: no array of tasks was run; deploy/slurm.sbatch was read, and run by hand as a shell script',
    isImpossible: () => !isSlurmHere(),
  },
  ...['shards handed out by a queue', 'a worker', 'a server that goes away'].map((test) => ({
    ...{ file: 'test/audit/queue/shard-queue.test.ts', test, why: NO_REDIS, isImpossible: hasNoRedis },
  })),
  {
    ...{ file: 'test/audit/run-queued-embed.test.ts', test: 'a dataset embedded by a queue' },
    ...{ why: NO_REDIS, isImpossible: hasNoRedis },
  },
  ...['three workers on one queue', 'probity embed --queue'].map((test) => ({
    ...{ file: 'test/e2e/queue.test.ts', test, why: NO_REDIS, isImpossible: hasNoRedis },
  })),
]

/** Why a test may be skipped here; null where nothing excuses it. */
export function excuseOf(file: string, test: string, excuses: readonly Excuse[] = EXCUSES): string | null {
  if (!existsSync(SHARED) && test.includes('shared')) return '../shared is not here'
  const excuse = excuses.find((each) => each.file === file && test.startsWith(each.test))
  return excuse?.isImpossible() === true ? excuse.why : null
}
