import { promptsSha256 } from '../../src/audit/definitions/prompts.js'
import type { LabelSet, PublishedFigure, PublishedTable } from '../../src/audit/types/definitions.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../support/definitions.js'
import { type Block, type Scene } from '../support/facts.js'

/** Names that have broken reports: a prototype, markup, a spreadsheet formula, a line break and reversed writing. */
const SITES = ['__proto__', '<script>alert(1)</script>', "=cmd|' /C calc'!A0", 'line\nbreak \u202eback', 'nowhere']
const [PROTO, SCRIPT, FORMULA, BREAK] = SITES

const WITH_CHILD: LabelSet = {
  ...LABELS,
  id: 'four-labels-child',
  title: 'The same with a child & "quotes" <b>',
  labels: [...LABELS.labels, { id: 'child', text: 'a child', outcome: 'person', implies: [] }],
}

const percent = (text: string): PublishedFigure => ({ kind: 'percent', text, decimals: 1 })
const TABLE: PublishedTable = {
  id: 'made-up-table',
  source: 'a made-up paper, table 1',
  labelSet: LABELS.id,
  outcome: 'crime',
  attribute: 'race',
  figures: [
    { value: 'Amber', figure: percent('30.0') },
    { value: 'Teal', figure: percent('80.0') },
    { value: 'Ochre', figure: { kind: 'counts', count: 1, total: 2 } },
  ],
  neverComparable: null,
  conditions: { crop: '0.25', promptsSha256: promptsSha256(LABELS) },
  note: 'Every number of this table is made up.',
}

const block = (of: readonly string[], images: number, label: string, more: Partial<Block> = {}): Block => ({
  of,
  images,
  label: [label, label],
  ...more,
})

/** Some 500 made-up images: groups of every size, every way a row can end, and names that a report must survive. */
export const SCENE: Scene = {
  attributes: [
    { name: 'race', values: ['Amber', 'Teal', 'Ochre', 'Rare', 'unknown'], labelledBy: 'annotator' },
    { name: 'gender', values: ['Male', 'Female'], labelledBy: 'annotator' },
    { name: 'site', values: SITES, labelledBy: 'self' },
  ],
  blocks: [
    block(['Amber', 'Male', PROTO], 40, 'thief'),
    { of: ['Amber', 'Male', PROTO], images: 6, label: ['thief', 'child'] },
    block(['Amber', 'Male', PROTO], 54, 'man'),
    block(['Amber', 'Female', SCRIPT], 56, 'woman'),
    block(['Teal', 'Male', SCRIPT], 70, 'man'),
    block(['Teal', 'Male', SCRIPT], 3, 'thief'),
    block(['Teal', 'Female', PROTO], 60, 'woman'),
    block(['Teal', 'Female', PROTO], 12, 'thief', { near: true, runnerUp: 'woman' }),
    block(['Ochre', 'Male', SCRIPT], 66, 'man'),
    block(['Ochre', 'Female', FORMULA], 70, 'woman'),
    block(['Ochre', 'Female', FORMULA], 4, 'animal'),
    block(['Ochre', 'Female', BREAK], 3, 'woman'),
    block(['Rare', 'Male', BREAK], 4, 'man'),
    block(['unknown', 'Female', SCRIPT], 9, 'woman'),
    block(['unknown', 'Male', PROTO], 2, 'thief'),
    block(['Teal', 'Male', SCRIPT], 2, 'man', { fate: 'undecided' }),
    block(['Amber', 'Male', PROTO], 3, 'man', { fate: 'unreadable' }),
    block(['Ochre', 'Female', FORMULA], 5, 'man', { fate: 'unreadable' }),
    block(['Ochre', 'Male', SCRIPT], 7, 'man', { fate: 'excluded' }),
  ],
  probes: [
    probeOf({
      measure: { kind: 'outcome-rate', outcomes: [NON_HUMAN, CRIME, FLAGGED] },
      groupBy: [['race'], ['gender'], ['site'], ['rarity'], ['gender', 'rarity'], ['skin-tone']],
      derive: [
        {
          id: 'rarity',
          from: 'race',
          groups: [
            { value: 'common', values: ['Amber', 'Teal', 'Ochre'] },
            { value: 'rare', values: ['Rare'] },
          ],
        },
      ],
      suggests: [LABELS.id],
      published: [
        TABLE,
        { ...TABLE, id: 'never', neverComparable: 'its wording was never published', conditions: null },
        { ...TABLE, id: 'not-run', labelSet: 'another-set' },
      ],
      caveats: ['Every image and every number here is made up.'],
      references: ['A made-up reference <i>with markup</i>'],
    }),
  ],
  labelSets: [LABELS, WITH_CHILD],
  policy: {
    minimumImages: 10,
    margin: { difference: 0.05, ratio: 1.25 },
    quarantineLimit: 0.05,
    limits: [
      { id: 'disparity', kind: 'disparity' },
      { id: 'alike', kind: 'ceiling', atMost: 0.5, harms: ['denigration'] },
      { id: 'impact', kind: 'impact-ratio', atLeast: 0.8 },
    ],
  },
  crop: '0.25',
}
