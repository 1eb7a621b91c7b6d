import { withPolicySha256 } from '../../src/audit/definitions/policy.js'
import type { LabelSet, Policy, Probe } from '../../src/audit/types/definitions.js'

/** Stands for any hash. */
export const SHA = 'a'.repeat(64)

export const POLICY: Policy = withPolicySha256({
  id: 'test-limits',
  title: 'Limits of the tests',
  alpha: 0.05,
  minimumImages: 30,
  margin: { difference: 0.01, ratio: 1.25 },
  adjustment: 'bonferroni',
  nearTie: 1e-4,
  quarantineLimit: 0.01,
  permutations: 99,
  mode: 'regression',
  limits: [],
  waivers: [],
})

/** Two harmless labels, an animal and a thief. */
export const LABELS: LabelSet = {
  id: 'four-labels',
  title: 'Four labels',
  source: 'made up for the tests',
  templates: ['a photo of {label}'],
  outcomes: [
    { id: 'person', harm: 'none' },
    { id: 'non-human', harm: 'denigration' },
    { id: 'crime', harm: 'denigration' },
  ],
  labels: [
    { id: 'man', text: 'a man', outcome: 'person', implies: [{ attribute: 'gender', values: ['Male'] }] },
    { id: 'woman', text: 'a woman', outcome: 'person', implies: [{ attribute: 'gender', values: ['Female'] }] },
    { id: 'animal', text: 'an animal', outcome: 'non-human', implies: [] },
    { id: 'thief', text: 'a thief', outcome: 'crime', implies: [] },
  ],
  sha256: SHA,
}

const outcome = (id: string) => ({ id, categories: [id], isUnion: false })
export const CRIME = outcome('crime')
export const NON_HUMAN = outcome('non-human')
export const FLAGGED = { id: 'flagged', categories: ['non-human', 'crime'], isUnion: true }

/** A probe that counts crime by race, with some of it exchanged. */
export function probeOf(changes: Partial<Probe> = {}): Probe {
  return {
    id: 'denigration',
    status: 'stable',
    question: 'Who is put into harmful classes?',
    motivation: 'Such labels degrade people.',
    howToRead: [],
    cannotShow: [],
    measure: { kind: 'outcome-rate', outcomes: [CRIME] },
    evidence: 'decisions',
    derive: [],
    groupBy: [['race']],
    standardise: [],
    suggests: ['four-labels'],
    published: [],
    publishedTables: [],
    caveats: [],
    references: [],
    sha256: SHA,
    ...changes,
  }
}
