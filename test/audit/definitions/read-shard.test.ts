import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readShard } from '../../../src/audit/definitions/read-shard.js'
import type { ShardEnvironment } from '../../../src/audit/definitions/read-shard.js'
import { DefinitionError } from '../../../src/audit/errors.js'

/** What SLURM sets in one task of an array. */
const array = (id: number, min: number, max: number, count: number): ShardEnvironment => ({
  SLURM_ARRAY_TASK_ID: String(id),
  SLURM_ARRAY_TASK_MIN: String(min),
  SLURM_ARRAY_TASK_MAX: String(max),
  SLURM_ARRAY_TASK_COUNT: String(count),
  SLURM_ARRAY_TASK_STEP: '1',
})

describe('a shard that is named', () => {
  it('is counted from 1', () => {
    expect(readShard('2/4', {})).toEqual({ number: 2, of: 4 })
    expect(readShard('1/1', {})).toEqual({ number: 1, of: 1 })
  })

  it('is the one that is named, whatever the environment says', () => {
    expect(readShard('2/4', array(3, 1, 4, 4))).toEqual({ number: 2, of: 4 })
  })

  it.each([
    '0/4',
    '5/4',
    '1/0',
    '0/0',
    'x',
    '',
    '2',
    '2/',
    '/4',
    '-1/4',
    '1.5/4',
    '2/4/8',
    ' 2/4',
    '1/99999999',
    'auto/',
    'auto/0',
    'auto/x',
  ])('is refused as %j', (text) => {
    expect(() => readShard(text, array(1, 1, 4, 4))).toThrow(DefinitionError)
  })

  it('is either understood or refused, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.constantFrom(...Object.keys(array(1, 1, 1, 1)), 'JOB_COMPLETION_INDEX'), fc.string()),
        (text, environment) => {
          try {
            const { number, of } = readShard(text, environment)
            expect(number >= 1 && number <= of).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(DefinitionError)
          }
        },
      ),
    )
  })
})

describe('a shard from a SLURM array', () => {
  it('is the task of an array that is numbered from 1', () => {
    expect(readShard('auto', array(3, 1, 4, 4))).toEqual({ number: 3, of: 4 })
  })

  it('is the task and one more of an array that is numbered from 0', () => {
    expect(readShard('auto', array(0, 0, 3, 4))).toEqual({ number: 1, of: 4 })
    expect(readShard('auto', array(3, 0, 3, 4))).toEqual({ number: 4, of: 4 })
  })

  it('is still itself when its task is run again alone, where the flag says how many there are', () => {
    expect(readShard('auto/4', array(3, 3, 3, 1))).toEqual({ number: 3, of: 4 })
  })

  it.each([
    ['one task of an unknown number', array(3, 3, 3, 1)],
    ['every second task', { ...array(3, 1, 7, 4), SLURM_ARRAY_TASK_STEP: '2' }],
    ['a list of tasks', array(4, 1, 4, 2)],
    ['a task that is not in it', array(9, 1, 4, 4)],
    ['a task without its array', { SLURM_ARRAY_TASK_ID: '3' }],
    ['a task that is no number', { ...array(1, 1, 4, 4), SLURM_ARRAY_TASK_ID: 'x' }],
  ])('is refused where the array is %s: nobody could say of how many it is', (_, environment) => {
    expect(() => readShard('auto', environment)).toThrow(DefinitionError)
  })

  it('is refused where the flag names fewer shards than there are tasks, or the array begins at 0', () => {
    expect(() => readShard('auto/4', array(5, 1, 8, 8))).toThrow(
      'expected SLURM_ARRAY_TASK_ID from 1 to 4 but received 5. Number the array from 1: sbatch --array=1-4',
    )
    expect(() => readShard('auto/4', array(0, 0, 3, 4))).toThrow('sbatch --array=1-4')
  })
})

describe('a shard from a Kubernetes job', () => {
  it('is the index and one more', () => {
    expect(readShard('auto/8', { JOB_COMPLETION_INDEX: '0' })).toEqual({ number: 1, of: 8 })
    expect(readShard('auto/8', { JOB_COMPLETION_INDEX: '7' })).toEqual({ number: 8, of: 8 })
  })

  it('is refused without a number of shards, which Kubernetes does not tell', () => {
    expect(() => readShard('auto', { JOB_COMPLETION_INDEX: '2' })).toThrow('repeat them in the flag')
  })

  it('is refused where the job has more completions than the flag says', () => {
    expect(() => readShard('auto/4', { JOB_COMPLETION_INDEX: '4' })).toThrow(
      'JOB_COMPLETION_INDEX from 0 to 3 but received 4',
    )
  })
})

it('a shard is refused where the environment says nothing, or two things', () => {
  expect(() => readShard('auto/4', {})).toThrow('Name the shard itself, such as --shard 2/4')
  expect(() => readShard('auto/4', { ...array(1, 1, 4, 4), JOB_COMPLETION_INDEX: '1' })).toThrow('both')
})
