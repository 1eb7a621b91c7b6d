import { describe, expect, it } from 'vitest'
import { findingSentence, findingTexts } from '../../../src/audit/report/sentences.js'
import { wordsFor } from '../../../src/audit/report/words.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { Contrast, Finding } from '../../../src/audit/types/derived.js'
import { exampleAudit } from './example-audit.js'

/** The example of report.md, section 4: invented counts, m = 14. */
const VALUES = [
  ['outcome', 'non-human'],
  ['k', 224],
  ['n', 1555],
  ['rate', 0.144051446945],
  ['rateLow', 0.12748],
  ['rateHigh', 0.16238],
  ['k2', 313],
  ['n2', 9396],
  ['rate2', 0.0333120476799],
  ['rate2Low', 0.02987],
  ['rate2High', 0.03714],
  ['difference', 0.11074],
  ['dLow', 0.08553],
  ['dHigh', 0.13909],
  ['ratio', 4.3243],
  ['rLow', 3.386],
  ['rHigh', 5.5022],
  ['needed', 2572],
  ['minimum', 30],
  ['nearTies', 3],
] as const

function said(
  id: string,
  changes: Readonly<Record<string, number | null>> = {},
  contrast: Partial<Contrast> = {},
): { sentence: string; note: string } {
  const audit = exampleAudit()
  const first = audit.derived.contrasts[0]
  const finding: Finding = {
    ...audit.derived.findings[0],
    contrast: 'c',
    message: {
      id,
      values: [
        ...VALUES.map(([name, value]): readonly [string, string | number | null] => [
          name,
          Object.hasOwn(changes, name) ? (changes[name] ?? null) : value,
        ]),
        ...Object.entries(changes).filter(([name]) => name === 'subjects'),
      ],
    },
  }
  const sides: Contrast['sides'] = [
    { group: [['race', 'Black']], rate: 'r1' },
    { reference: { kind: 'rest' }, group: null, rate: 'r2' },
  ]
  const made: AuditResult = {
    ...audit,
    derived: {
      ...audit.derived,
      contrasts: [{ ...first, id: 'c', outcome: 'non-human', sides, ...contrast }],
      findings: [finding],
    },
  }
  const words = wordsFor(made)
  const texts = findingTexts(finding, words)
  expect(findingSentence(finding, words)).toBe(texts.sentence)
  return texts
}

describe('findingSentence', () => {
  it('says a disparity as the specification words it', () => {
    expect(said('disparity.higher').sentence).toBe(
      'Black: 224 of 1,555 images (14.4%, 95% interval 12.7–16.2%) were put into “non-human”; everyone else: 313 of 9,396 (3.3%). ' +
        'The difference of 11.1 points (8.6 to 13.9) and the ratio (3.4 to 5.5) both lie above the margin set before the run.',
    )
  })

  it('says that lower is no harm', () => {
    expect(said('disparity.lower').sentence).toContain('On a harm rate, lower is no harm to this group.')
  })

  it('never says within margin without its limit', () => {
    for (const settledBy of ['difference', 'ratio', 'each-side']) {
      expect(said(`within-margin.${settledBy}`).sentence).toContain('it does not show that the model is free of bias')
    }
  })

  it('says how many images would do, or that a hundred times would be needed', () => {
    expect(said('inconclusive.interval-too-wide').sentence).toContain('about 2,572 images of this group')
    expect(said('inconclusive.interval-too-wide.beyond-hundredfold', { needed: null }).sentence).toContain(
      'Over 100 times',
    )
  })

  it('says an open interval and an undefined ratio in words', () => {
    const open = {
      value: null,
      interval: null,
      method: 'score',
      adjusted: [1.3, null],
      adjustedUnbounded: true,
    } as const
    expect(said('disparity.higher', { rLow: 1.3, rHigh: null, ratio: null }, { ratio: open }).sentence).toContain(
      '(1.30 and above)',
    )
    const none = { value: null, reason: 'both-rates-zero', interval: null, method: 'score', adjusted: null } as const
    const { sentence } = said(
      'inconclusive.interval-too-wide',
      { rLow: null, rHigh: null, ratio: null },
      { ratio: none },
    )
    expect(sentence).toContain('ratio (not defined)')
  })

  it('counts subjects where they are what is too few, on either side', () => {
    const values = { subjects: 20, minimum: 30 }
    const group = said('insufficient.group-too-small.subjects', values)
    expect(group.sentence).toContain('The images of the group show 20 subjects, fewer than 30.')
    expect(group.note).toBe('Images of 20 subjects in the group, fewer than 30.')
    const reference = said('insufficient.reference-too-small.subjects', { subjects: 1, minimum: 30 })
    expect(reference.sentence).toContain('The images of the reference show 1 subject, fewer than 30;')
  })

  it('writes no percentage where a group has no images', () => {
    const { sentence } = said('insufficient.group-too-small', { k: 0, n: 0, rate: null, rateLow: null, rateHigh: null })
    expect(sentence).toContain('0 of 0 images (no images)')
  })

  it('speaks of unreadable images where there is no label set', () => {
    expect(said('disparity.higher', {}, { labelSet: null }).sentence).toContain('could not be read')
  })

  it('refuses a message that lacks a count, by finding and name', () => {
    expect(() => said('disparity.higher', { k: null })).toThrow(/finding F-001: expected a number for k/)
  })
})
