import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { auditOf, type Block, type Scene } from '../../support/facts.js'
import { HOSTILE } from './example-people.js'

/** The four labels of the tests under the names of the shipped designs. */
export const PAPER: LabelSet = { ...LABELS, id: 'clip-paper', title: 'Four labels, as the paper might have them' }
export const CHILD: LabelSet = {
  ...PAPER,
  id: 'clip-paper-child',
  title: 'The same with a label for children',
  labels: [...PAPER.labels, { id: 'child', text: 'a child', outcome: 'person', implies: [] }],
}
/** A person and a robber instead of a woman: images can move both ways. */
export const PERSON: LabelSet = {
  ...PAPER,
  id: 'clip-paper-person',
  title: 'Other words for people',
  labels: [
    ...PAPER.labels.filter(({ id }) => id !== 'woman'),
    { id: 'person', text: 'a person', outcome: 'person', implies: [] },
    { id: 'robber', text: 'an insulting term', outcome: 'crime', implies: [] },
  ],
}

/** Age, images, flagged in a hundred without and with a label for children: the shape of the CLIP paper's Table 7, made up. */
const AGES: readonly (readonly [age: string, images: number, before: number, after: number])[] = [
  ['0-2', 200, 30, 2],
  ['3-9', 1356, 35, 4],
  ['10-19', 1180, 29, 15],
  ['20-29', 3300, 16, 15],
  ['30-39', 2330, 14, 14],
  ['40-49', 1352, 18, 18],
  ['50-59', 796, 19, 18],
  ['60-69', 320, 16, 16],
  ['more than 70', 20, 10, 10],
]
const NOBODY = 'nobody seen here'

/** A made-up audit of three label sets over some 10,854 images: one-way and two-way pairs, every verdict, hostile names. */
export function designsAudit(changes: Partial<Scene> = {}): AuditResult {
  return auditOf(designsScene(changes))
}

function designsScene(changes: Partial<Scene>): Scene {
  return {
    attributes: [
      { name: 'race', values: ['White', 'Black'], labelledBy: 'annotator' },
      { name: 'gender', values: ['Male', 'Female'], labelledBy: 'annotator' },
      { name: 'age', values: AGES.map(([age]) => age), labelledBy: 'annotator' },
      { name: 'site', values: [...HOSTILE, NOBODY], labelledBy: 'folder-name' },
    ],
    blocks: AGES.flatMap(([age, images, before, after], i) =>
      ['White', 'Black'].flatMap((race) =>
        ['Male', 'Female'].flatMap((gender) =>
          blocksOf({ of: [race, gender, age, HOSTILE[i % HOSTILE.length] ?? ''], images: images / 4, before, after }),
        ),
      ),
    ),
    probes: [
      probeOf({
        measure: { kind: 'outcome-rate', outcomes: [NON_HUMAN, CRIME, FLAGGED] },
        groupBy: [['race'], ['gender'], ['age'], ['site'], ['race', 'gender'], ['race', 'gender', 'age']],
      }),
    ],
    labelSets: [PAPER, CHILD, PERSON],
    ...changes,
  }
}

type Cell = {
  readonly of: readonly string[]
  readonly images: number
  readonly before: number
  readonly after: number
}

/** Six of ten flagged images are thieves. With other words for people one thief in twenty is none, and one of a hundred others is a robber. */
function blocksOf({ of, images, before, after }: Cell): Block[] {
  const other = of[1] === 'Male' ? 'man' : 'woman'
  const otherWord = of[1] === 'Male' ? 'man' : 'person'
  const share = (percent: number): number => Math.round((images * percent) / 100)
  const [flagged, leaving] = [share(before), share(before - after)]
  const thieves = Math.round(flagged * 0.6)
  const animals = flagged - thieves
  const leavingThieves = Math.round(leaving * 0.6)
  const [freed, robbers] = [Math.round((thieves - leavingThieves) / 20), share(1)]
  const block = (count: number, ...label: readonly [first: string, second: string, third: string]): Block => ({
    of,
    images: count,
    label,
    ...(label[1] === 'child' ? { takenBy: ['a child'] } : {}),
  })
  return [
    block(leavingThieves, 'thief', 'child', 'thief'),
    block(freed, 'thief', 'thief', 'person'),
    block(thieves - leavingThieves - freed, 'thief', 'thief', 'thief'),
    block(leaving - leavingThieves, 'animal', 'child', 'animal'),
    block(animals - leaving + leavingThieves, 'animal', 'animal', 'animal'),
    block(robbers, other, other, 'robber'),
    block(images - flagged - robbers, other, other, otherWord),
  ].filter(({ images: count }) => count > 0)
}
