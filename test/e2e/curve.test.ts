import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/audit/audit-file/canonical-json.js'
import { readLabelSet } from '../../src/audit/definitions/shipped.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { CurveRecord, CurveResult } from '../../src/audit/types/curve.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import type { PhantomFiles } from '../../src/phantom/build-phantom.js'
import { smallWorld } from '../phantom/worlds.js'
import type { Editable } from '../support/look-up.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

function readCurve(out: string): CurveResult {
  return JSON.parse(readFileSync(join(out, 'curve.json'), 'utf8')) as CurveResult
}

/** Images inside an outcome, by value of one attribute, in one specification. */
function countsOf({ facts }: CurveResult, outcome: string, groupBy: string, specification: number): [string, number][] {
  const table = facts.tables.find((each) => each.outcome.id === outcome && each.groupBy[0] === groupBy)
  if (table === undefined) throw new Error(`no table of ${outcome} by ${groupBy}`)
  return table.groups.map((group, index) => [group[0][1], table.counts[specification][index]])
}

function recordOf({ derived }: CurveResult, outcome: string, value: string): CurveRecord {
  const found = derived.records.find((record) => record.outcome === outcome && record.group[0][1] === value)
  if (found === undefined) throw new Error(`no record of ${outcome} for ${value}`)
  return found
}

describe('probity curve on simulated images', () => {
  let phantom: PhantomFiles
  let folder: string
  let evidence: string[]
  let ran: Ran
  let curve: CurveResult

  beforeAll(async () => {
    folder = temporaryFolder()
    phantom = await buildPhantom({ world: smallWorld(), folder: join(folder, 'phantom'), sampling: 'quota', seed: 1 })
    evidence = [
      '--model',
      phantom.model,
      '--dataset',
      'fairface',
      '--images',
      phantom.images,
      '--labels',
      phantom.labels,
    ]
    ran = probity(['curve', 'neutral-alternatives', ...evidence, '--draws', '99', '--out', join(folder, 'curve')])
    if (ran.status !== 0) throw new Error(ran.stderr)
    curve = readCurve(join(folder, 'curve'))
  })

  it('decides every image under every specification as it was planted', () => {
    const rows = readFileSync(phantom.truth, 'utf8').trim().split('\n').map((line) => line.split(',')) // prettier-ignore
    const labels = readFileSync(phantom.labels, 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')) // prettier-ignore
    const sets = { none: 'clip-paper', child: 'clip-paper-child', person: 'clip-paper-person' }
    const [, alternative] = curve.facts.factors
    curve.facts.specifications.forEach(({ choices }, specification) => {
      const name = alternative.choices[choices[1]].id
      if (!(name in sets)) return // with both labels nothing is planted
      const set = sets[name as keyof typeof sets] // its keys are those just looked for
      const column = rows[0].indexOf(set)
      const flagged = readLabelSet(set).labels.filter(({ outcome }) => outcome !== 'person').map(({ id }) => id) // prettier-ignore
      const planted = (race: string): number =>
        labels.filter((label, row) => label[3] === race && flagged.includes(rows[row + 1][column])).length
      for (const [race, count] of countsOf(curve, 'flagged', 'race', specification)) expect(count).toBe(planted(race))
    })
  })

  it('says that the neutral label moves the difference, and the sentence does not', () => {
    const record = recordOf(curve, 'flagged', '3-9')
    expect(curve.facts.factors.map(({ id }) => id)).toEqual(['template', 'alternative'])
    expect(record.variance?.factors[0]).toBeCloseTo(0, 9)
    expect(record.variance?.factors[1]).toBeCloseTo(1, 9)
  })

  it('says that it is simulated, where the model says so of itself', () => {
    expect(curve.facts.simulated).toBe(true)
    expect(ran.stdout).toContain('Simulated data')
  })

  it('writes its reports beside curve.json, and the same ones again from the file alone', () => {
    const files = ['curve.html', 'curve.md', 'curve-summary.csv', 'curve-specifications.csv']
    const again = join(folder, 'again-from-file')
    expect(probity(['report', join(folder, 'curve', 'curve.json'), '--out', again]).status).toBe(0)
    for (const file of files)
      expect(readFileSync(join(again, file), 'utf8')).toBe(readFileSync(join(folder, 'curve', file), 'utf8'))
    expect(readFileSync(join(again, 'curve.html'), 'utf8')).toContain('imulated')
  })

  it('loses no row', () => {
    const { rows } = curve.facts.dataset
    expect(rows).toEqual({ in: 84, processed: 84, quarantined: 0, excluded: 0 })
  })

  it('is found whole by verify, and not after a count was changed', () => {
    const file = join(folder, 'curve', 'curve.json')
    expect(probity(['verify', file]).status).toBe(0)
    const changed = structuredClone(curve) as Editable<CurveResult> // a copy, to be written to
    changed.facts.tables[0].counts[0][0] += 1
    writeFileSync(join(folder, 'changed.json'), JSON.stringify(changed))
    expect(probity(['verify', join(folder, 'changed.json')]).status).toBe(1)
    expect(probity(['validate', file]).stdout).toContain('curve sha256:')
  })

  it('is the same the second time, but for the run', () => {
    probity(['curve', 'neutral-alternatives', ...evidence, '--draws', '99', '--out', join(folder, 'again')])
    const content = ({ curveId, facts, derived }: CurveResult): string => canonicalJson({ curveId, facts, derived })
    expect(content(readCurve(join(folder, 'again')))).toBe(content(curve))
  })

  it('draws other numbers with another seed, and no other count', () => {
    probity([
      'curve',
      'neutral-alternatives',
      ...evidence,
      '--draws',
      '99',
      '--seed',
      '2',
      '--out',
      join(folder, 'seed'),
    ])
    const other = readCurve(join(folder, 'seed'))
    expect(other.facts.tables.map(({ counts }) => counts)).toEqual(curve.facts.tables.map(({ counts }) => counts))
    expect(other.facts.tables.map(({ jointNull }) => jointNull)).not.toEqual(
      curve.facts.tables.map(({ jointNull }) => jointNull),
    )
    expect(other.derived).toEqual(curve.derived)
  })

  it('refuses an unknown grid, too few draws, and a dataset without the attributes, before any image is read', () => {
    const bad = probity(['curve', 'neutral-alternative', ...evidence, '--draws', '5', '--out', join(folder, 'bad')])
    expect(bad.status).toBe(2)
    expect(bad.stderr).toContain('--draws: expected a whole number from 99 to 99999 but received "5"')
    expect(bad.stderr).toContain('Did you mean "neutral-alternatives"?')
    writeFileSync(join(folder, 'plain.csv'), 'image,mood\nval/1.png,glad\n')
    const plain = ['--dataset', 'csv', '--labels', join(folder, 'plain.csv'), '--images', phantom.images]
    const none = probity(['curve', 'neutral-alternatives', '--model', phantom.model, ...plain, '--map', 'mood=mood'])
    expect(none.status).toBe(2)
    expect(none.stderr).toContain('expected one of the attributes that the probe groups by (race, gender, age, age-19)')
  })

  it('prints JSON for machines', () => {
    const machine = probity(['curve', 'neutral-alternatives', ...evidence, '--draws', '99', '--json', '--out', join(folder, 'json')]) // prettier-ignore
    expect(JSON.parse(machine.stdout)).toMatchObject({ curveId: curve.curveId, specifications: 12, repeated: 0 })
  })
})

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')

describe.skipIf(FACES === null || MODEL === null)(`640 specifications over 700 real faces (needs ${SHARED})`, () => {
  const folder = temporaryFolder()
  const evidence = ['--model', MODEL ?? '', '--dataset', 'fairface', '--images', FACES ?? '', '--labels', `${FACES}/labels.csv`, '--crop', '0.25'] // prettier-ignore
  let curve: CurveResult
  let audit: AuditResult

  beforeAll(() => {
    const sets = ['clip-paper', 'clip-paper-child', 'clip-paper-person'].flatMap((id) => ['--label-set', id])
    const audited = probity(['audit', ...evidence, ...sets, '--out', join(folder, 'audit')])
    if (audited.status !== 0) throw new Error(audited.stderr)
    const ran = probity(['curve', 'clip-paper-choices', ...evidence, '--draws', '199', '--out', join(folder, 'curve')])
    if (ran.status !== 0) throw new Error(ran.stderr)
    audit = JSON.parse(readFileSync(join(folder, 'audit', 'audit.json'), 'utf8')) as AuditResult
    curve = readCurve(join(folder, 'curve'))
  })

  it('opens no image: all vectors are in the store', () => {
    expect(curve.facts.specifications).toHaveLength(640)
    expect(curve.run.cacheHits).toBe(700)
  })

  it('counts as an audit does under every label set that is among the specifications', () => {
    const nearTied = (labelSet: string): number =>
      audit.facts.tallies
        .filter((tally) => tally.labelSet === labelSet)
        .flatMap(({ nearTies }) => nearTies ?? [])
        .reduce((sum, [, , images]) => sum + images, 0)
    for (const { id, promptsSha256 } of audit.facts.labelSets) {
      const specification = curve.facts.specifications.findIndex((each) => each.promptsSha256 === promptsSha256)
      expect(specification).toBeGreaterThanOrEqual(0)
      const rates = audit.derived.rates.filter((rate) => rate.labelSet === id && rate.group?.length === 1)
      for (const outcome of ['non-human', 'crime', 'flagged'])
        for (const [race, count] of countsOf(curve, outcome, 'race', specification)) {
          const rate = rates.find((each) => each.outcome === outcome && each.group?.[0]?.[1] === race)
          // the products of matrices of other widths may round otherwise: only a near-tied image may fall to another label
          expect(Math.abs((rate?.count ?? NaN) - count)).toBeLessThanOrEqual(nearTied(id))
        }
    }
  })

  it('finds the label set as written among them, and verifies', () => {
    expect(curve.facts.asWritten).toBe(0)
    expect(probity(['verify', join(folder, 'curve', 'curve.json')]).status).toBe(0)
  })

  it('has verdicts in the specification as written that are those of the audit', () => {
    const contrasts = audit.derived.contrasts.filter(
      (each) => each.labelSet === 'clip-paper' && each.groupBy.length === 1,
    )
    for (const { outcome, group, verdicts } of curve.derived.records) {
      const contrast = contrasts.find(
        (each) => each.outcome === outcome && JSON.stringify(each.sides[0].group) === JSON.stringify(group),
      )
      const finding = audit.derived.findings.find((each) => each.contrast === contrast?.id)
      if (finding === undefined) continue // of two values the audit may name the other side
      const { asDecided } = finding
      expect(verdicts[0]).toBe(asDecided.kind === 'disparity' ? asDecided.direction : asDecided.kind)
    }
  })
})
