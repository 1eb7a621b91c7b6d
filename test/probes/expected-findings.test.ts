import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readLabelSet, readProbe } from '../../src/audit/definitions/shipped.js'
import { derive } from '../../src/audit/derive.js'
import type { Derived, Finding } from '../../src/audit/types/derived.js'
import { factsOf, type Block } from '../support/facts.js'

const talliesFile = z.strictObject({
  labelSet: z.string(),
  attributes: z.record(z.string(), z.array(z.string())),
  cells: z.array(
    z.strictObject({
      of: z.array(z.string()),
      counts: z.record(z.string(), z.int()),
      unreadable: z.int().default(0),
    }),
  ),
})
const expectedFile = z.strictObject({
  findings: z.array(z.string()),
  withinMargin: z.int(),
  insufficient: z.int(),
})

/** Every folder here is a pair: counts made up for the probe of that name, and every finding they must lead to. */
const PROBES = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(join(import.meta.dirname, name, 'tallies.yaml')),
)

describe.each(PROBES)('the probe %s on made-up counts', (probe) => {
  const read = (file: string): unknown => parse(readFileSync(join(import.meta.dirname, probe, file), 'utf8'))
  const tallies = talliesFile.parse(read('tallies.yaml'))
  const expected = expectedFile.parse(read('expected.yaml'))
  const derived = derive(
    factsOf({
      attributes: Object.entries(tallies.attributes).map(([name, values]) => ({ name, values })),
      blocks: tallies.cells.flatMap(({ of, counts, unreadable }): Block[] => [
        ...Object.entries(counts).map(([label, images]) => ({ of, label, images })),
        { of, images: unreadable, fate: 'unreadable' },
      ]),
      labelSets: [readLabelSet(tallies.labelSet)],
      probes: [readProbe(probe)],
    }),
  )
  const found = derived.findings.flatMap((finding) => {
    const isListed = finding.verdict.kind === 'disparity' || finding.verdict.kind === 'inconclusive'
    return isListed ? [nameOf(finding, derived)] : []
  })

  it('finds nothing that expected.yaml does not list', () => {
    expect(found.filter((name) => !expected.findings.includes(name))).toEqual([])
  })

  it('finds everything that expected.yaml lists, once', () => {
    expect(expected.findings.filter((name) => !found.includes(name))).toEqual([])
    expect(found).toHaveLength(expected.findings.length)
  })

  it('leaves as many comparisons within the margin and without a verdict as expected.yaml says', () => {
    const count = (kind: Finding['verdict']['kind']): number =>
      derived.findings.filter(({ verdict }) => verdict.kind === kind).length
    expect([count('within-margin'), count('insufficient')]).toEqual([expected.withinMargin, expected.insufficient])
  })
})

/** A finding in one line: outcome, group, reference and verdict. */
function nameOf({ contrast: id, verdict }: Finding, { contrasts }: Derived): string {
  const contrast = contrasts.find((one) => one.id === id)
  if (contrast === undefined) throw new Error(`no contrast ${id}`)
  const [{ group }, side] = contrast.sides
  const pairs = (of: typeof group): string => of.map(([attribute, value]) => `${attribute}=${value}`).join(', ')
  const reference = side.group === null ? side.reference.kind : pairs(side.group)
  const words = verdict.kind === 'disparity' ? verdict.direction : 'reason' in verdict ? verdict.reason : ''
  return `${contrast.outcome}: ${pairs(group)} v ${reference}: ${verdict.kind} ${words}`
}
