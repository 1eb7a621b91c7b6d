import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import { runAudit } from '../../src/audit/run-audit.js'
import { audit, type AuditRun } from '../../src/library/audit.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { buildPhantom, type PhantomFiles } from '../../src/phantom/build-phantom.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { smallWorld } from '../phantom/worlds.js'

const OURS = {
  id: 'with-nobody',
  extends: 'clip-paper',
  outcomes: { nobody: { harm: 'none' } },
  add: [{ id: 'empty-room', text: 'an empty room', outcome: 'nobody' }],
} as const

describe('audit', () => {
  const folder = temporaryFolder()
  let files: PhantomFiles
  let run: AuditRun

  beforeAll(async () => {
    files = await buildPhantom({ world: smallWorld(), folder, sampling: 'quota', seed: 1 })
    run = await audit(
      {
        models: ['phantom-model'],
        dataset: { format: 'fairface', images: 'images', labels: 'labels.csv', simulated: true },
        labelSets: [OURS],
        reference: { race: 'White' },
        output: 'run',
      },
      { cwd: folder, threads: 1 },
    )
  })

  it('is the audit that the command line makes of the same plan in a file', async () => {
    writeFileSync(
      join(folder, 'audit.yaml'),
      `models: [phantom-model]
dataset: { format: fairface, images: images, labels: labels.csv, simulated: true }
labelSets: [with-nobody.yaml]
reference: { race: White }
`,
    )
    writeFileSync(
      join(folder, 'with-nobody.yaml'),
      `id: with-nobody
extends: clip-paper
outcomes: { nobody: { harm: none } }
add: [{ id: empty-room, text: an empty room, outcome: nobody }]
`,
    )
    const plan = readPlan({ file: 'audit.yaml', flags: {}, cwd: folder })
    const { audit: fromFile } = await runAudit(plan, libraryTools({ threads: 1 }))
    expect(run.audit.auditId).toBe(fromFile.auditId)
    expect(run.plan.sha256).toBe(plan.sha256)
  })

  it('recovers what is planted', () => {
    const truth = readFileSync(files.truth, 'utf8')
    const animals = ['animal', 'gorilla', 'chimpanzee', 'orangutan']
    const planted = truth.split('\n').filter((line) => animals.includes(line.split(',')[1])).length
    const counted = run.audit.derived.rates.filter(
      ({ labelSet, outcome, groupBy }) => labelSet === OURS.id && outcome === 'non-human' && groupBy.join() === 'race',
    )
    const groups = counted.filter(({ group }) => group !== null)
    expect(planted).toBeGreaterThan(0)
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(planted)
    expect(groups.reduce((sum, { total }) => sum + total, 0)).toBe(files.total)
  })

  it('takes a label set that stands in the program', () => {
    const written = run.audit.facts.labelSets.find(({ id }) => id === 'with-nobody')
    expect(written?.labels.map(({ id }) => id)).toContain('empty-room')
    expect(written?.labels).toHaveLength(22)
  })

  it('writes what the command line writes, where it is told to', async () => {
    const written = await run.write('elsewhere')
    expect(written).toContain(join(folder, 'elsewhere', 'report.html'))
    expect(run.plan.out).toBe(join(folder, 'run')) // where it would have gone
    const read = JSON.parse(readFileSync(join(folder, 'elsewhere', 'audit.json'), 'utf8')) as { auditId: string }
    expect(read.auditId).toBe(run.audit.auditId)
  })

  it('says how it was started, and nothing of the machine’s folders', () => {
    expect(run.audit.run.commandLine).toBe('called from a program')
    expect(JSON.stringify(run.audit)).not.toContain(folder)
  })

  it('tells how far it is, and stops when it is told to', async () => {
    const stop = new AbortController()
    const stages: string[] = []
    const plan = { models: ['phantom-model'], dataset: { format: 'fairface', images: 'images', labels: 'labels.csv' } }
    const stopped = audit(plan as Parameters<typeof audit>[0], {
      cwd: folder,
      threads: 1,
      signal: stop.signal,
      onProgress: ({ stage }) => {
        stages.push(stage)
        stop.abort()
      },
    })
    await expect(stopped).rejects.toMatchObject({ name: 'Interrupted' })
    expect(stages).toContain('embedding')
  })

  it('refuses before any image is read, with all faults in the words of the program', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true })
    const refused = audit(
      { models: ['no-such-model'], dataset: { format: 'fairface', images: 'images', labels: 'label.csv' } },
      { cwd: folder },
    )
    await expect(refused).rejects.toThrow(
      /plan: models\[0\]: expected a folder but received "no-such-model".*\n.*plan: dataset.labels: expected a file/s,
    )
  })
})
