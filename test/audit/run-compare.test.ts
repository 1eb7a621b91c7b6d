import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readPlan, type PlanFlags } from '../../src/audit/definitions/read-plan.js'
import { runAudit } from '../../src/audit/run-audit.js'
import { runCompare } from '../../src/audit/run-compare.js'
import { writeResults } from '../../src/audit/write-results.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { temporaryFolder } from '../e2e/run-cli.js'

const LABEL_SET = `id: drawn
title: A man, a dog or a thief
source: Made up
templates: ["a photo of {label}"]
outcomes:
  person: { harm: none }
  non-human: { harm: denigration }
  crime: { harm: stereotyping }
labels:
  - { id: man, text: a man, outcome: person }
  - { id: dog, text: a dog, outcome: non-human }
  - { id: thief, text: a thief, outcome: crime }
`
const IMAGES = Array.from({ length: 240 }, (_, index) => index)
const root = temporaryFolder()
const fileOf = (name: string): string => join(root, name, 'audit.json')
const decisionsOf = (name: string, file = 'decisions.csv'): string => join(root, name, file)

/** Audits decisions made elsewhere, of 240 images, and keeps what it counted. */
async function audit(out: string, decided: readonly string[], flags: PlanFlags = {}): Promise<void> {
  const plan = readPlan({
    flags: {
      ...{ dataset: 'csv', labels: 'labels.csv', map: ['race=race', 'place=place'], labelSet: ['drawn.yaml'] },
      ...{ fromDecisions: decided.map((name) => `${name}.csv`), decisions: true, out },
      ...flags,
    },
    cwd: root,
  })
  await writeResults(await runAudit(plan, libraryTools()), plan)
}

beforeAll(async () => {
  const rows = IMAGES.map((index) => `${index}.png,${'AB'[index % 2]},${'XYZ'[index % 3]}`)
  writeFileSync(join(root, 'labels.csv'), `image,race,place\n${rows.join('\n')}\n`)
  writeFileSync(join(root, 'drawn.yaml'), LABEL_SET)
  for (const [name, dogs] of Object.entries({ old: 8, new: 4, other: 6 })) {
    const lines = IMAGES.map((index) => `${index}.png,drawn,${index % dogs === 0 ? 'dog' : 'man'}`)
    writeFileSync(join(root, `${name}.csv`), `image,labelSet,label\n${lines.join('\n')}\n`)
  }
  await audit('first', ['old'])
  await audit('second', ['new'])
  await audit('fewer', ['new'], { where: ['place=X,Y'] })
  await audit('two', ['old', 'other'])
  await audit('two-again', ['new', 'other'])
  await audit('unkept', ['new'], { decisions: false })
})

const compare = (first: string, second: string, decisions: readonly [string | null, string | null] = [null, null]) =>
  runCompare({ audits: [fileOf(first), fileOf(second)], decisions })

describe('two saved audits', () => {
  it('have nothing between them where they are the same audit', async () => {
    const { pairing, differences, findings } = await compare('first', 'first')
    expect({ pairing, differences }).toEqual({ pairing: 'not-needed', differences: [] })
    expect(new Set(findings.map(({ change }) => change))).toEqual(new Set(['unchanged']))
  })

  it('are compared image by image where both kept their decisions: each pair is counted once', async () => {
    const { pairing, findings } = await compare('first', 'second')
    expect(pairing).toBe('paired')
    const found = findings.filter(({ group, paired }) => group[0][1] === 'A' && paired !== null)
    expect(found.length).toBeGreaterThan(0)
    for (const { paired, first, second } of found) {
      if (paired === null) continue
      const { both, onlyFirst, onlySecond, neither } = paired.paired
      expect([both + onlyFirst, both + onlySecond]).toEqual([first?.count, second?.count])
      expect(both + onlyFirst + onlySecond + neither).toBe(120)
    }
  })

  it('are not paired where they are of other images, or one did not keep its decisions', async () => {
    expect((await compare('first', 'fewer')).pairing).toBe('other-images')
    expect((await compare('first', 'unkept')).pairing).toBe('no-decisions')
    expect((await compare('unkept', 'first')).pairing).toBe('no-decisions')
  })

  it('of several sources find the decisions of each beside those of the first', async () => {
    const named = [decisionsOf('two', 'decisions-e1.csv'), decisionsOf('two-again', 'decisions-e1.csv')] as const
    expect((await compare('two', 'two-again', named)).pairing).toBe('paired')
    expect((await compare('two', 'two-again')).pairing).toBe('paired')
  })

  it('count the images that one of them alone has decided', async () => {
    const lines = readFileSync(join(root, 'new.csv'), 'utf8').trim().split('\n')
    writeFileSync(join(root, 'partly.csv'), `${lines.slice(0, -12).join('\n')}\n`)
    await audit('partly', ['partly'])
    expect(await compare('first', 'partly')).toMatchObject({ pairing: 'paired', unpaired: 12 })
  })
})

describe('a comparison is refused', () => {
  it('where the decisions that are named are those of another run', async () => {
    const odd = join(root, 'odd')
    mkdirSync(odd)
    for (const name of ['decisions.csv', 'images.csv']) copyFileSync(decisionsOf('second', name), join(odd, name))
    await expect(compare('first', 'second', [decisionsOf('odd'), null])).rejects.toThrow(
      `${decisionsOf('odd')}: expected the decisions that the audit counted but received others. Name the files kept by the same run, or run the audit again with --decisions`,
    )
  })

  it('where the images that were kept are of people whom the audit does not know', async () => {
    await audit('regrouped', ['new'])
    const images = decisionsOf('regrouped', 'images.csv')
    writeFileSync(images, readFileSync(images, 'utf8').replaceAll(',B,', ',C,'))
    await expect(compare('first', 'regrouped')).rejects.toThrow(
      'images.csv:3: race: expected a value of the audit ("A", "B") but received "C".',
    )
    rmSync(images)
    expect((await compare('first', 'regrouped')).pairing).toBe('no-decisions')
  })

  it('where an audit was changed after it was written', async () => {
    const edited = join(root, 'edited')
    mkdirSync(edited)
    writeFileSync(fileOf('edited'), readFileSync(fileOf('second'), 'utf8').replace(/"seed": 1,/, '"seed": 2,'))
    await expect(compare('first', 'edited')).rejects.toThrow(
      /audit\.json: auditId: expected the id of the content but received that of other content/,
    )
  })
})
