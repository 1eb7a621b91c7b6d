import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readAudit, type GateResult } from '../../src/index.js'
import { buildPhantom, readShippedWorld, type World } from '../../src/phantom.js'
import { temporaryFolder, testEnvironment } from '../e2e/run-cli.js'

const ROOT = join(import.meta.dirname, '../..')
const EXAMPLES = join(ROOT, 'examples')

/** 350 tiles; of the 62 adults of one race a third is put into each flagged outcome, of the others hardly anybody. */
function worldWithOneDisparity(): World {
  const world = readShippedWorld()
  const cells = world.race.labels.flatMap(([race]) => {
    const images = race === 'Black' ? 62 : 30
    const flagged = race === 'Black' ? 20 : 0
    const none = { crime: 0, nonHuman: 0, crimeWithChild: 0, nonHumanWithChild: 0 }
    return [
      { ...none, race, age: '20-29', images, crime: flagged, nonHuman: flagged },
      { ...none, race, age: '3-9', images: 15, nonHuman: 1 },
    ]
  })
  return { ...world, id: 'examples', cells }
}

describe('examples', () => {
  const folder = temporaryFolder()
  let rows: string[][]

  // a project of somebody's: the package among its modules, the model and the images under the names that the examples give them
  beforeAll(async () => {
    const world = worldWithOneDisparity()
    const phantom = await buildPhantom({ world, folder: join(folder, 'phantom'), sampling: 'quota', seed: 1 })
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
    symlinkSync(ROOT, join(folder, 'node_modules/probity'))
    const main = join(ROOT, 'dist/cli/main.js') // what npm links here is made executable by npm, and this is not
    writeFileSync(join(folder, 'node_modules/.bin/probity'), `#!/bin/sh\nexec node "${main}" "$@"\n`, { mode: 0o755 })
    symlinkSync(phantom.model, join(folder, 'clip-vit-b32'))
    symlinkSync(phantom.images, join(folder, 'fairface'))
    symlinkSync(phantom.images, join(folder, 'photos'))
    cpSync(phantom.labels, join(phantom.images, 'labels.csv'))
    cpSync(EXAMPLES, folder, { recursive: true })
    cpSync(join(EXAMPLES, 'ci-gate/audit.yaml'), join(folder, 'audit.yaml'))
    const [, ...lines] = readFileSync(phantom.labels, 'utf8').trim().split('\n')
    rows = lines.map((line) => line.split(','))
  })

  const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...testEnvironment(), ...env } })
  const node = (...args: string[]) => run(process.execPath, args)

  it('audit in ten lines, as the README prints it', async () => {
    const printed = /## As a library\n\n```js\n([\s\S]+?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1]
    expect(printed).toBe(readFileSync(join(EXAMPLES, 'audit-in-ten-lines.mjs'), 'utf8'))
    expect(printed?.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
    writeFileSync(join(folder, 'readme.mjs'), printed ?? '')
    const { status, stdout, stderr } = node('readme.mjs')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`${rows.length} rows in = ${rows.length} processed`)
    expect(stdout.replace(/\s+/g, ' ')).toContain('Black: 20 of 77 images (26.0%')
    const { facts } = await readAudit(join(folder, 'run/audit.json'))
    expect(facts.labelSets.map(({ id }) => id)).toEqual(['clip-paper', 'clip-paper-child'])
  })

  it('custom measure: one more in so many images, from counts alone', () => {
    const { status, stdout, stderr } = node('custom-measure.mjs', 'run/audit.json')
    expect([status, stderr]).toEqual([0, ''])
    // 21 of 77 against 6 of 270: Newcombe's formula (1998a, method 10), worked out in Python, gives 0.15999 to 0.35965
    const value = (1 / (21 / 77 - 6 / 270)).toFixed(1)
    expect(stdout).toContain(
      `clip-paper, non-human, race Black: one more in every ${value} images (${(1 / 0.35965).toFixed(1)} to ${(1 / 0.15999).toFixed(1)})`,
    )
    expect(stdout).not.toContain('race White') // their interval holds zero: nothing is said
  })

  it('custom dataset: rows, attributes and a class design of a program', async () => {
    const people = rows.map(([photo, age, gender], index) => ({
      photo,
      person: { ...(index % 10 === 0 ? {} : { gender }), ...(age === '3-9' ? { born: 2015 } : { born: 1985 }) },
    }))
    writeFileSync(join(folder, 'annotations.json'), JSON.stringify(people))
    const { status, stdout, stderr } = node('custom-dataset.mjs')
    expect([status, stderr]).toEqual([0, ''])
    const withoutGender = people.filter(({ person }) => person.gender === undefined).length
    expect(stdout).toContain(
      `${rows.length} rows = ${rows.length - withoutGender} processed + 0 quarantined + ${withoutGender} excluded`,
    )
    const young = people.filter(({ person }) => person.born === 2015 && person.gender !== undefined).length
    expect(stdout).toMatch(new RegExp(`^generation 1990 and later: [0-9]+ of ${young} non-human$`, 'm'))
    const { facts } = await readAudit(join(folder, 'run/audit.json'))
    expect(facts.labelSets[0].labels).toHaveLength(18)
    expect(facts.dataset.sources.map(({ file }) => file)).toEqual(['people.csv'])
  })

  it('embeddings from Python: decided as Python decides them', async ({ skip }) => {
    const python = ['python3', '/usr/bin/python3'].find((name) => run(name, ['-c', 'import numpy']).status === 0)
    if (python === undefined) return skip('there is no Python with numpy')
    expect(run(python, ['embeddings-from-python/embed.py', 'fairface/labels.csv', 'vectors']).stderr).toBe('')
    const decide = `import numpy
images, prompts = (numpy.load(f'vectors/{name}.npy').astype('float64') for name in ('images', 'prompts'))
print((images @ (prompts / numpy.linalg.norm(prompts, axis=1, keepdims=True)).T).argmax(axis=1).tolist())`
    const winners = JSON.parse(run(python, ['-c', decide]).stdout) as number[]
    const audited = node(
      ...['node_modules/probity/dist/cli/main.js', 'audit', '--from-embeddings', 'vectors', '--dataset', 'fairface'],
      ...['--labels', 'fairface/labels.csv', '--label-set', 'embeddings-from-python/pets.yaml', '--out', 'run-python'],
    )
    expect(audited.status).toBe(0)
    const { facts } = await readAudit(join(folder, 'run-python/audit.json'))
    const counted = new Map<string, number>()
    for (const [label, images] of facts.tallies.flatMap(({ counts }) => counts))
      counted.set(label, (counted.get(label) ?? 0) + images)
    const byPython = ['person', 'cat', 'dog', 'thief'].map((label, index) => [
      label,
      winners.filter((one) => one === index).length,
    ])
    expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(byPython))
  })

  it("release gate: a policy of one's own stops a release, a waiver covers its group until its last day", () => {
    cpSync(join(EXAMPLES, 'release-gate/policies'), join(folder, 'policies'), { recursive: true })
    cpSync(join(EXAMPLES, 'release-gate/audit.yaml'), join(folder, 'release.audit.yaml'))
    const probity = (...args: string[]) => node('node_modules/probity/dist/cli/main.js', ...args)
    const audited = probity('audit', 'release.audit.yaml')
    expect(audited.status).toBe(1)
    const said = audited.stdout.replace(/\s+/g, ' ')
    expect(said).toContain('Limits of the policy release that were exceeded: 2 of 4.')
    expect(said).toMatch(/Exceeded: ceiling: .* Worst: Black, “flagged”, clip-paper, by race: 41 of 77/)
    expect(probity('gate', 'run-release/audit.json').status).toBe(1)
    const policy = readFileSync(join(folder, 'policies/release.yaml'), 'utf8')
    const waived = policy.replace('id: release', 'id: waived').replace(/^# (waivers:| {2}- )/gm, '$1')
    writeFileSync(join(folder, 'policies/waived.yaml'), waived)
    const on = (day: string) =>
      JSON.parse(
        probity('gate', 'run-release/audit.json', '--policy', 'policies/waived.yaml', '--json', '--on', day).stdout,
      ) as { policy: { isSetBefore: boolean }; gate: GateResult }
    const last = on('2027-06-30')
    expect(last.policy.isSetBefore).toBe(false)
    expect(last.gate.waivers.map(({ state }) => state)).toEqual(['in-force', 'in-force'])
    expect(last.gate.waivers.every(({ covers }) => covers > 0)).toBe(true)
    const after = on('2027-07-01').gate
    expect([after.result, ...after.waivers.map(({ state, covers }) => `${state} ${covers}`)]).toEqual([
      'failed',
      'expired 0',
      'expired 0',
    ])
    const lint = probity(
      'policy',
      'lint',
      'policies/release.yaml',
      '--groups',
      'run-release/audit.json',
      '--audits',
      '40',
    )
    expect(lint.stdout).not.toContain('chance alone')
  })

  it('CI gate: the steps of the workflow stop at a disparity, and not at one that was accepted', () => {
    const workflow = parse(readFileSync(join(EXAMPLES, 'ci-gate/audit.github.yml'), 'utf8')) as {
      jobs: { audit: { steps: readonly { name?: string; run?: string }[] } }
    }
    const steps = new Map(workflow.jobs.audit.steps.flatMap(({ name, run: line }) => (line ? [[name, line]] : [])))
    const summary = join(folder, 'summary.md')
    const step = (name: string) => run('bash', ['-eo', 'pipefail', '-c', steps.get(name) ?? 'exit 99'], { GITHUB_STEP_SUMMARY: summary, npm_config_offline: 'true' }) // prettier-ignore
    expect([...steps.keys()]).toEqual(['install', 'audit', 'compare', 'summary']) // install alone needs the network
    const audited = step('audit')
    expect(audited.status).toBe(1)
    expect(audited.stdout).toContain('Gate failed')
    expect(step('summary').status).toBe(0)
    expect(readFileSync(summary, 'utf8')).toContain('Black')
    cpSync(join(folder, 'run/audit.json'), join(folder, 'accepted/audit.json'))
    expect(step('compare').status).toBe(0)
  })
})
