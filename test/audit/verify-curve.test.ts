import { describe, expect, it } from 'vitest'
import { parseCurve } from '../../src/audit/definitions/curve-schema.js'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { verifyCurve } from '../../src/audit/verify-curve.js'
import type { CurveResult } from '../../src/audit/types/curve.js'
import type { Editable } from '../support/look-up.js'
import { crossedFacts, curveOf, tableOf } from './curve-facts.js'

const TABLE = tableOf([[200, 10, 10], [10, 10, 10], [0, 20, 21]], [1000, 1000, 900]) // prettier-ignore

function savedCurve(): CurveResult {
  const curve = curveOf({ ...crossedFacts([[0], [1], [2]]), tables: [TABLE], images: 2900 })
  return parseCurve(readableJson(curve), 'curve.json')
}

/** The checks that a change breaks. */
function brokenBy(change: (curve: Editable<CurveResult>) => void): string[] {
  const curve = structuredClone(savedCurve()) as Editable<CurveResult> // a copy: writing to it changes nothing else
  change(curve)
  return verifyCurve(curve)
    .filter(({ holds }) => !holds)
    .map(({ what }) => what)
}

const ID = 'the curve id is that of the content'
const DERIVED = 'every difference, share and verdict follows from the counts'
const COUNTS = 'every processed image stands in one group of every table, in every specification'

describe('verifyCurve', () => {
  it('holds for a curve that was written and read again', () => expect(brokenBy(() => undefined)).toEqual([]))

  it('finds a changed count', () =>
    expect(brokenBy(({ facts }) => (facts.tables[0].counts[1][0] = 11))).toEqual([DERIVED, ID]))

  it('finds a changed difference, verdict, share or rank', () => {
    const changes: ((curve: Editable<CurveResult>) => void)[] = [
      ({ derived }) => (derived.records[0].differences[0] = 0.2),
      ({ derived }) => (derived.records[0].verdicts[0] = 'lower'),
      ({ derived }) => (derived.records[0].shares.higher = 1),
      ({ derived }) => (derived.ranks[0].kendallW = 1),
      ({ derived }) => void derived.records.pop(),
    ]
    for (const change of changes) expect(brokenBy(change)).toEqual([DERIVED, ID])
  })

  it('finds what was drawn and changed by the id alone: nobody can draw it again from counts', () => {
    const change = ({ facts }: Editable<CurveResult>): void => {
      facts.tables[0].jointNull.draws = 999
    }
    expect(brokenBy(change)).toEqual([ID])
  })

  it('finds rows that do not add up, and counts that cannot be', () => {
    expect(brokenBy(({ facts }) => (facts.dataset.rows.in = 3000))).toEqual([
      'rows in = processed + quarantined + excluded',
      ID,
    ])
    expect(brokenBy(({ facts }) => (facts.tables[0].totals[0] = 5))).toContain(COUNTS)
    expect(brokenBy(({ facts }) => void facts.tables[0].counts.pop())).toContain(COUNTS)
    expect(brokenBy(({ facts }) => (facts.specifications[0].choices[0] = 9))).toContain(COUNTS)
  })

  it('finds limits that are not those that were hashed', () => {
    expect(brokenBy(({ facts }) => (facts.policy.margin.difference = 0.5))).toContain(
      "the policy's hash is that of its limits",
    )
  })
})
