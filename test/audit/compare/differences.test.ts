import { describe, expect, it } from 'vitest'
import { comparisonBasis } from '../../../src/audit/compare/basis.js'
import { auditDifferences } from '../../../src/audit/compare/differences.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import type { Facts } from '../../../src/audit/types/facts.js'
import { FLAGGED, LABELS, NON_HUMAN, CRIME, probeOf } from '../../support/definitions.js'
import { auditOf, raceScene, sealed, type Scene } from '../../support/facts.js'

const COUNTS = [['A', 20, 100], ['B', 10, 100]] as const // prettier-ignore
const PREPROCESSING = { resample: 'bicubic', resize: 'exact', size: 'shortest edge 224', crop: 'centre 224 x 224', mean: [0], std: [1], exif: 'ignored' } as const // prettier-ignore

const audit = (changes: Partial<Scene> = {}): AuditResult => auditOf(raceScene(COUNTS, changes))

/** Kind, name, before and after of everything that differs from the plain audit. */
function told(second: AuditResult, first = audit()): (readonly [string, string, string | null, string | null])[] {
  return auditDifferences(first, second).map((one) => [one.kind, one.name, one.first, one.second])
}

/** The parts of the two descriptions of one label set, without size and hash. */
function labelSetParts(labelSet: LabelSet): (string[] | undefined)[] {
  const [[, , before, after]] = told(audit({ labelSets: [{ ...labelSet, sha256: 'c'.repeat(64) }] }))
  return [before, after].map((text) => text?.split('; ').slice(1))
}

const relabelled = (id: string, changes: Partial<LabelSet['labels'][number]>): LabelSet => ({
  ...LABELS,
  labels: LABELS.labels.map((label) => (label.id === id ? { ...label, ...changes } : label)),
})

describe('auditDifferences', () => {
  it('has nothing to say of an audit and itself', () => {
    expect(told(audit())).toEqual([])
  })

  it.each([
    ['other spellings that were read as a value', { aliases: [['black', 'A', 3]] }, /; read as: black → A$/],
    ['bands of numbers', { bins: [0, 18] }, /; bands from 0, 18$/],
    ['a dead zone', { note: 'between 0.4 and 0.6 unknown' }, /; between 0\.4 and 0\.6 unknown$/],
  ] as const)('counts %s as other attributes', (_, changes, after) => {
    const { facts } = audit()
    const attributes = facts.dataset.attributes.map((attribute) => ({ ...attribute, ...changes }))
    const [[kind, , , said]] = told(sealed({ ...facts, dataset: { ...facts.dataset, attributes } }))
    expect(kind).toBe('attributes')
    expect(said).toMatch(after)
  })

  it('counts boxes as other attributes', () => {
    const { facts } = audit()
    const boxes = { rows: 5, padding: 0.2 }
    expect(told(sealed({ ...facts, dataset: { ...facts.dataset, boxes } }))).toEqual([
      ['attributes', 'boxes', null, '5 rows, padding 0.2'],
    ])
  })

  it('gives the wording of a harmless label before and after', () => {
    expect(labelSetParts(relabelled('man', { text: 'a gentleman' }))).toEqual([
      ['man (worded “a man”)'],
      ['man (worded “a gentleman”)'],
    ])
  })

  it('tells another wording of a harmful label by a mark, not by the insult', () => {
    const [before, after] = labelSetParts(relabelled('thief', { text: 'a robber' }))
    expect(before).toEqual([expect.stringMatching(/^thief \(worded #[0-9a-f]{8}\)$/)])
    expect(after).toEqual([expect.stringMatching(/^thief \(worded #[0-9a-f]{8}\)$/)])
    expect(before).not.toEqual(after)
  })

  it('says which label was moved to another outcome, and what one implies', () => {
    expect(labelSetParts(relabelled('thief', { outcome: 'non-human' }))).toEqual([
      ['thief (crime)'],
      ['thief (non-human)'],
    ])
    expect(labelSetParts(relabelled('man', { implies: [] }))).toEqual([
      ['man (implies gender Male)'],
      ['man (implies nothing)'],
    ])
  })

  it('says which labels and templates one of the two has not, and which outcome does another harm', () => {
    const child = { id: 'child', text: 'a child', outcome: 'person', implies: [] }
    expect(labelSetParts({ ...LABELS, labels: [...LABELS.labels.filter(({ id }) => id !== 'woman'), child] })).toEqual([
      ['woman (person)'],
      ['child (person)'],
    ])
    expect(labelSetParts({ ...LABELS, templates: ['a picture of {label}'] })).toEqual([
      ['a photo of {label}'],
      ['a picture of {label}'],
    ])
    const outcomes = LABELS.outcomes.map((each) => (each.id === 'crime' ? { id: 'crime', harm: 'stereotyping' as const } : each)) // prettier-ignore
    expect(labelSetParts({ ...LABELS, outcomes })).toEqual([
      ['outcome crime (denigration)'],
      ['outcome crime (stereotyping)'],
    ])
  })

  it('says what of a probe is another: outcomes, groupings, and how groups are made', () => {
    const old = { id: 'old', from: 'race', groups: [{ value: 'all', values: ['A', 'B'] }] }
    const probe = probeOf({
      sha256: 'c'.repeat(64),
      measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] },
      derive: [old],
      groupBy: [['old']],
    })
    expect(told(audit({ probes: [probe] }))).toEqual([
      [
        'probe',
        'denigration',
        `${'a'.repeat(12)}; by race`,
        `${'c'.repeat(12)}; outcome non-human (non-human); outcome flagged (non-human, crime); by old; old (all: A, B)`,
      ],
    ])
  })

  it('says who annotated otherwise', () => {
    const scene = raceScene(COUNTS)
    const second = auditOf({ ...scene, attributes: scene.attributes.map((each) => ({ ...each, labelledBy: 'machine' })) }) // prettier-ignore
    expect(told(second)).toEqual([['attributes', 'race', 'A, B (annotator)', 'A, B (machine)']])
  })

  it('says how images were prepared, before and after', () => {
    const withPixels = (first: string, size: string): AuditResult => {
      const { facts } = audit()
      const preprocessing = { ...PREPROCESSING, sha256: first.repeat(64), size }
      return sealed({ ...facts, evidence: facts.evidence.map((each) => (each.kind === 'embeddings' ? { ...each, preprocessing } : each)) }) // prettier-ignore
    }
    expect(told(withPixels('f', 'shortest edge 336'), withPixels('e', 'shortest edge 224'))).toEqual([
      [
        'preprocessing',
        'preprocessing',
        `shortest edge 224, crop centre 224 x 224, bicubic, exact (${'e'.repeat(12)})`,
        `shortest edge 336, crop centre 224 x 224, bicubic, exact (${'f'.repeat(12)})`,
      ],
    ])
  })

  /** As many rows are left out by each filter, and no image is opened: the manifest is that of the label file. */
  const filtered = (reason: string, isOpened = false): AuditResult => {
    const { facts } = audit({ decisionsOnly: true })
    const cells = facts.dataset.cells.map((cell, index) => (index === 0 ? { ...cell, in: cell.in + 5, excluded: [[reason, 5]] as const } : cell)) // prettier-ignore
    const rows = { ...facts.dataset.rows, in: facts.dataset.rows.in + 5, excluded: 5 }
    const duplicates = isOpened ? { contents: 0, images: 0, acrossGroups: 0 } : null
    const dataset: Facts['dataset'] = { ...facts.dataset, cells, rows, duplicates }
    return sealed({ ...facts, dataset })
  }

  it('takes the rows of another filter for other images where no image was opened, though they are as many', () => {
    const [white, black] = [filtered('where race=White,Asian'), filtered('where race=Black')]
    const differences = auditDifferences(white, black)
    expect(differences.map(({ kind, name, first, second }) => [kind, name, first, second])).toEqual([
      ['dataset', 'images', expect.any(String), expect.any(String)],
      ['dataset', 'rows left out', 'where race=Asian,White: 5', 'where race=Black: 5'],
    ])
    expect(comparisonBasis(differences)).toBe('data')
  })

  it('takes the values of a filter in any order, and the bytes of opened images before its words', () => {
    expect(told(filtered('where race=B,A'), filtered('where race=A,B'))).toEqual([])
    expect(told(filtered('where race=B', true), filtered('where race=A', true))).toEqual([])
  })
})
