import { planFamilies } from '../findings/plan-probe.js'
import type { Policy } from '../types/definitions.js'
import type { DatasetFacts, Facts, LabelSetFacts, Tally } from '../types/facts.js'
import type { SizedGroup } from './fairface.js'

const NO_HASH = '0'.repeat(64)
const ATTRIBUTE = 'group'
const EVIDENCE = 'simulated'

const OUTCOME = { id: 'harmful', categories: ['harmful'], isUnion: false }
const LABEL_SET: LabelSetFacts = {
  id: 'simulated',
  title: 'One harmful label and one other',
  source: 'made for calibration',
  sha256: NO_HASH,
  templates: ['{label}'],
  promptsSha256: NO_HASH,
  outcomes: [
    ['none', 'none'],
    ['harmful', 'denigration'],
  ],
  labels: [
    { id: 'other', text: 'other', outcome: 'none', implies: [] },
    { id: 'harmful', text: 'harmful', outcome: 'harmful', implies: [] },
  ],
}

/** Makes the facts of audits whose groups have these sizes: plans the families once, as an audit does before decisions are
 *  seen, and then takes counts of images put into the one outcome, group by group. The only file here that knows how facts look. */
export function simulatedFacts(groups: readonly SizedGroup[], policy: Policy): (counts: readonly number[]) => Facts {
  const dataset = datasetOf(groups)
  const talliesOf = (counts: readonly number[]): Tally[] => counts.map((count, index) => tallyOf(groups[index], count))
  const context = {
    dataset,
    labelSets: [LABEL_SET],
    evidence: [{ id: EVIDENCE, kind: 'decisions' as const }],
    tallies: talliesOf(groups.map(() => 0)),
    policy,
    reference: { kind: 'rest' } as const,
  }
  const { probes } = planFamilies([PROBE], context)
  const facts: Facts = {
    simulated: true,
    tool: { name: 'probity', version: 'calibration' },
    plan: { sha256: NO_HASH },
    policy,
    system: [],
    seed: 0,
    nearTie: policy.nearTie,
    reference: context.reference,
    dataset,
    models: [],
    evidence: [
      {
        id: EVIDENCE,
        model: null,
        modelReason: 'decisions-only',
        kind: 'decisions',
        source: { file: 'simulated', sha256: NO_HASH, rows: dataset.rows.in },
      },
    ],
    labelSets: [LABEL_SET],
    probes,
    failureFamilies: [], // every simulated image is read
    tallies: [],
    observations: [],
    subjectCounts: [],
    paired: [],
    joint: [],
    ablations: [],
  }
  return (counts) => ({ ...facts, tallies: talliesOf(counts) })
}

const PROBE: Parameters<typeof planFamilies>[0][number] = {
  id: 'calibration',
  question: 'Does the audit find what was planted, and nothing else?',
  motivation: 'An instrument is trusted once it has measured something known.',
  howToRead: [],
  cannotShow: [],
  measure: { kind: 'outcome-rate', outcomes: [OUTCOME] },
  derive: [],
  groupBy: [[ATTRIBUTE]],
  standardise: [],
  published: [],
  publishedTables: [],
  caveats: [],
  references: [],
  sha256: NO_HASH,
}

function tallyOf({ name, images }: SizedGroup, count: number): Tally {
  return {
    evidence: EVIDENCE,
    labelSet: LABEL_SET.id,
    group: [[ATTRIBUTE, name]],
    total: images,
    undecided: 0,
    counts: [['other', images - count] as const, ['harmful', count] as const].filter(([, number]) => number > 0),
    nearTies: null,
    nearTiesReason: 'decisions-only',
    exactTies: null,
    exactTiesReason: 'decisions-only',
  }
}

function datasetOf(groups: readonly SizedGroup[]): DatasetFacts {
  const images = groups.reduce((sum, group) => sum + group.images, 0)
  return {
    id: 'simulated',
    crop: null,
    cropReason: 'simulated',
    manifestSha256: NO_HASH,
    licence: null,
    licenceReason: 'simulated',
    sources: [],
    attributes: [{ name: ATTRIBUTE, labelledBy: 'simulated', values: groups.map(({ name }) => name), unknown: 0 }],
    rows: { in: images, processed: images, quarantined: 0, excluded: 0 },
    subjects: null,
    subjectsReason: 'simulated images are independent',
    duplicates: null,
    duplicatesReason: 'decisions-only',
    warnings: [],
    suppression: { minDisclosed: null, reason: 'not asked for' },
    cellAttributes: [ATTRIBUTE],
    cells: groups.map((group) => ({
      group: [[ATTRIBUTE, group.name]],
      in: group.images,
      processed: group.images,
      excluded: [],
      quarantined: [],
    })),
  }
}
