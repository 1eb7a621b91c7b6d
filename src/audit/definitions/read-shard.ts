import { DefinitionError, quoted } from '../errors.js'
import type { Shard } from '../types/shard.js'

/** What `auto` reads; nothing else of the environment is looked at. */
export type ShardEnvironment = Readonly<Record<string, string | undefined>>

const MOST_SHARDS = 1_000_000
const EXAMPLE = 'a shard such as 2/4, the second of four; or auto/4, or auto'

/**
 * The shard that a flag names, counted from 1: `2/4` is the second of four. `auto/4` takes its number from SLURM_ARRAY_TASK_ID (an array that is
 * numbered from 1) or from JOB_COMPLETION_INDEX (Kubernetes, which counts from 0). `auto` takes the number of shards from SLURM as well; Kubernetes
 * does not tell it. Throws DefinitionError where the environment does not say which shard it is, or says what cannot be.
 */
export function readShard(text: string, environment: ShardEnvironment): Shard {
  const [, number, of] = /^(\d{1,7}|auto)(?:\/(\d{1,7}))?$/.exec(text) ?? []
  if (number === undefined) throw refusal(EXAMPLE, quoted(text))
  const count = of === undefined ? null : countOf(of, text)
  if (number === 'auto') return fromEnvironment(count, environment)
  if (count === null) throw refusal(EXAMPLE, quoted(text))
  if (Number(number) < 1 || Number(number) > count)
    throw refusal(`a shard from 1/${count} to ${count}/${count}`, quoted(text))
  return { number: Number(number), of: count }
}

function countOf(of: string, text: string): number {
  const count = Number(of)
  if (count >= 1 && count <= MOST_SHARDS) return count
  throw refusal(`a number of shards from 1 to ${MOST_SHARDS}`, quoted(text))
}

function fromEnvironment(count: number | null, environment: ShardEnvironment): Shard {
  const { SLURM_ARRAY_TASK_ID: task, JOB_COMPLETION_INDEX: index } = environment
  if (task !== undefined && index !== undefined)
    throw refusal(
      'one of SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX',
      'both, which may name different shards',
      NAME_IT,
    )
  if (task !== undefined) return count === null ? wholeArray(environment) : ofArray(count, task)
  if (index !== undefined) return ofJob(count, index)
  throw refusal('SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX in the environment', 'neither', NAME_IT)
}

const NAME_IT = 'Name the shard itself, such as --shard 2/4'

/** The number of shards is given, and need not be that of the array: one task may be run again alone. */
function ofArray(count: number, task: string): Shard {
  const number = wholeNumber('SLURM_ARRAY_TASK_ID', task)
  if (number >= 1 && number <= count) return { number, of: count }
  const hint = `Number the array from 1: sbatch --array=1-${count}`
  throw refusal(`SLURM_ARRAY_TASK_ID from 1 to ${count}`, String(number), hint)
}

/** The array says how many shards there are. So it must be all of them: a list of those to do again says less. */
function wholeArray(environment: ShardEnvironment): Shard {
  const [id, least, most, count] = ['ID', 'MIN', 'MAX', 'COUNT'].map((what) => {
    const name = `SLURM_ARRAY_TASK_${what}`
    return wholeNumber(name, environment[name])
  })
  if ((least === 0 || least === 1) && count === most - least + 1 && id >= least && id <= most)
    return { number: id - least + 1, of: count }
  throw refusal(
    'an array of all shards, numbered one by one from 0 or 1',
    `task ${id} of an array of ${count}, from ${least} to ${most}`,
    'Say how many shards there are, such as --shard auto/4; an array that is numbered from 1 may then name some of them',
  )
}

function ofJob(count: number | null, text: string): Shard {
  const index = wholeNumber('JOB_COMPLETION_INDEX', text)
  if (count === null) {
    const hint = 'Kubernetes does not say how many completions a job has: repeat them in the flag'
    throw refusal('auto/n, with the completions of the job as n', 'auto', hint)
  }
  if (index < count) return { number: index + 1, of: count }
  throw refusal(
    `JOB_COMPLETION_INDEX from 0 to ${count - 1}`,
    String(index),
    'Give --shard auto/n the completions of the job as n',
  )
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text)
  throw refusal(`a whole number in ${name}`, text === undefined ? 'nothing' : quoted(text), NAME_IT)
}

function refusal(expected: string, received: string, hint?: string): DefinitionError {
  const fault = { at: 'command line', field: '--shard', expected, received }
  return new DefinitionError('flag.shard', hint === undefined ? fault : { ...fault, hint })
}
