import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { readShard } from '../../src/audit/definitions/read-shard.js'
import { ROOT } from './steps.js'

const SBATCH = join(ROOT, 'deploy/slurm.sbatch')
const JOB = join(ROOT, 'deploy/k8s-indexed-job.yaml')

type Container = {
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly securityContext: Readonly<Record<string, unknown>>
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[]
}
type Job = {
  readonly apiVersion: string
  readonly kind: string
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly completions: number
    readonly template: {
      readonly spec: Readonly<Record<string, unknown>> & {
        readonly securityContext: Readonly<Record<string, unknown>>
        readonly containers: readonly [Container]
        readonly volumes: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[]
      }
    }
  }
}

/** What the shell makes of the script, with SLURM's variables and a program in place of probity that prints its arguments. */
function argumentsOf(env: NodeJS.ProcessEnv): string[] {
  const { status, stdout, stderr } = spawnSync('bash', [SBATCH], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], PROBITY: 'echo', ...env },
  })
  expect([status, stderr]).toEqual([0, ''])
  return stdout.trim().split(' ')
}

describe('deploy/slurm.sbatch', () => {
  const text = readFileSync(SBATCH, 'utf8')
  const options = new Map(
    [...text.matchAll(/^#SBATCH --([a-z-]+)(?:=(.*))?$/gm)].map(([, name, value]) => [name, value]),
  )

  it('is an array from 1 to as many tasks as it says that there are shards', () => {
    const shards = Number(/^SHARDS=\$\{SHARDS:-(\d+)\}/m.exec(text)?.[1])
    expect(options.get('array')).toBe(`1-${shards}`)
    const shard = argumentsOf({}).at(-1) ?? ''
    for (const task of [1, shards])
      expect(readShard(shard, { SLURM_ARRAY_TASK_ID: String(task) })).toEqual({ number: task, of: shards })
  })

  it('is begun again where its node fails, and puts what each task says into one file', () => {
    expect(options.has('requeue')).toBe(true)
    expect([options.get('open-mode'), options.get('output')]).toEqual(['append', 'probity-embed-%a.log'])
  })

  it('gives every task the same batch, and as many threads as it has processors', () => {
    const given = argumentsOf({ SLURM_CPUS_PER_TASK: '8', PLAN: 'plan.yaml', STORE: '/s', BATCH: '16', SHARDS: '2' })
    expect(given).toEqual([
      'embed',
      'plan.yaml',
      '--store',
      '/s',
      '--threads',
      '8',
      '--batch',
      '16',
      '--shard',
      'auto/2',
    ])
  })
})

describe('deploy/k8s-indexed-job.yaml', () => {
  const documents = parseAllDocuments(readFileSync(JOB, 'utf8'))
  const [job, claim] = documents.map((document) => document.toJS() as Job)
  const pod = job.spec.template.spec
  const [container] = pod.containers

  it('is two documents without a fault: a job and the store that its pods share', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
    expect([job.apiVersion, job.kind, claim.apiVersion, claim.kind]).toEqual([
      'batch/v1',
      'Job',
      'v1',
      'PersistentVolumeClaim',
    ])
    expect(claim.spec['accessModes']).toEqual(['ReadWriteMany'])
  })

  it('is an Indexed Job that tries each shard again by itself', () => {
    expect(job.spec).toMatchObject({ completionMode: 'Indexed', backoffLimitPerIndex: 3, maxFailedIndexes: job.spec.completions }) // prettier-ignore
    expect(pod['restartPolicy']).toBe('Never') // what backoffLimitPerIndex asks for
    expect(job.spec).not.toHaveProperty('backoffLimit')
  })

  it('names as many shards as it has completions: the last index is the last shard', () => {
    const shard = container.args[container.args.indexOf('--shard') + 1]
    const { completions } = job.spec
    expect(readShard(shard, { JOB_COMPLETION_INDEX: String(completions - 1) })).toEqual({
      number: completions,
      of: completions,
    })
  })

  it('runs without root and without any right that it does not need', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(pod['automountServiceAccountToken']).toBe(false)
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  })

  it('mounts each volume once, and only the store and its own temporary folder to be written', () => {
    const written = container.volumeMounts.filter(({ readOnly }) => readOnly !== true)
    expect(written.map(({ name }) => name)).toEqual(['store', 'tmp'])
    expect(container.volumeMounts.map(({ name }) => name).sort()).toEqual(pod.volumes.map(({ name }) => name).sort())
    const store = pod.volumes.find(({ name }) => name === 'store')
    expect(store).toMatchObject({ persistentVolumeClaim: { claimName: 'probity-store' } })
    expect(pod.volumes.find(({ name }) => name === 'images')).toMatchObject({
      persistentVolumeClaim: { readOnly: true },
    })
    expect(container.args[container.args.indexOf('--store') + 1]).toBe(written[0].mountPath)
  })
})
