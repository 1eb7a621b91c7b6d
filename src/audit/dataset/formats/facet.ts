import type { DatasetPlan } from '../../types/definitions.js'
import { boxOf, paddingOf } from '../boxes.js'
import { withComputed } from '../computed-columns.js'
import type { ComputedColumn, RowRule } from '../computed-columns.js'
import { openCsv } from '../csv.js'
import { missingColumn } from '../label-table.js'
import type { LabelTable } from '../label-table.js'
import type { AttributeLayout, Layout } from '../layout.js'
import { refuse } from '../refusals.js'
import { declaredAttribute, namedLayout } from './named-layout.js'
import { readPythonDict } from './python-dict.js'
import { meanPlace, mostVoted, notACount, type Votes } from './votes.js'

const FILE = 'filename'
const PERSON = 'person_id'
const BOX = 'bounding_box'
const WORDS = [FILE, PERSON, BOX, 'class1', 'class2']

const GENDERS: readonly (readonly [column: string, name: string])[] = [
  ['gender_presentation_masc', 'masculine'],
  ['gender_presentation_fem', 'feminine'],
  ['gender_presentation_non_binary', 'non-binary'],
  ['gender_presentation_na', ''],
]
const AGES: readonly (readonly [column: string, name: string])[] = [
  ['age_presentation_young', 'young'],
  ['age_presentation_middle', 'middle'],
  ['age_presentation_older', 'older'],
  ['age_presentation_na', ''],
]
const TONES = Array.from({ length: 10 }, (_, index) => [`skin_tone_${index + 1}`, `Monk ${index + 1}`] as const)
const NO_TONE = ['skin_tone_na', ''] as const
/** By the mean of the annotators, rounded: names say which tones of the Monk scale. */
const BANDS: readonly (readonly [last: number, name: string])[] = [
  [3, 'Monk 1-3'],
  [7, 'Monk 4-7'],
  [10, 'Monk 8-10'],
]

/** annotations.csv of FACET: one row per person. The picture of a row is its box; its name is `filename#person_id`. Throws DatasetError. */
export async function openFacet(plan: DatasetPlan): Promise<LabelTable> {
  const table = await openCsv(plan.labels, plan.reading)
  const needed = [FILE, PERSON, BOX, ...[...GENDERS, ...AGES, ...TONES, NO_TONE].map(([column]) => column)]
  const hint = 'Name annotations.csv of FACET with --labels.'
  refuse('dataset.header', needed.filter((column) => !table.header.includes(column)).map((column) => ({ ...missingColumn(`${plan.labels}:1`, 'header', column, table.header), hint }))) // prettier-ignore
  const counted = table.header.filter((name) => !WORDS.includes(name))
  return withComputed(
    table,
    [
      { name: 'gender', ...voted(GENDERS) },
      { name: 'age', ...voted(AGES) },
      { name: 'skin-tone', ...(plan.reading?.skinTone === 'band' ? BANDED : voted([...TONES, NO_TONE])) },
      ...counted.map((name): ComputedColumn => ({ name, from: [name], value: ([cell]) => anyVote(cell) })),
    ],
    personRule(plan),
  )
}

type Reading = Omit<ComputedColumn, 'name'>

function voted(columns: readonly (readonly [column: string, name: string])[]): Reading {
  const votesOf = (cells: readonly string[]): Votes => columns.map(([, name], index) => [name, cells[index]])
  return { from: columns.map(([column]) => column), value: (cells) => mostVoted(votesOf(cells)) }
}

const BANDED: Reading = {
  from: TONES.map(([column]) => column),
  value: (cells) => {
    const bad = notACount(cells.map((cell) => ['', cell]))
    if (bad !== undefined) return bad
    const mean = meanPlace(cells)
    return mean === null ? '' : (BANDS.find(([last]) => Math.round(mean) <= last)?.[1] ?? '')
  },
}

function anyVote(cell: string): string {
  return /^\d+(\.0+)?$/.test(cell) ? (Number(cell) > 0 ? 'yes' : 'no') : cell
}

const NO_DICT = { code: 'box.invalid', reason: 'the row has no box: its bounding_box is no Python dict of numbers' }

function personRule(plan: DatasetPlan): RowRule {
  const padding = paddingOf(plan)
  return {
    from: [PERSON, BOX],
    of: ([part, written]) => {
      if (part === '') return { quarantined: { code: 'row.no-id', reason: 'the row has no person_id' } }
      const box = readPythonDict(written)
      if (box === null) return { part, quarantined: NO_DICT }
      const side = (name: string): string => String(box.get(name) ?? '')
      return { part, ...boxOf([side('x'), side('y'), side('width'), side('height')], 'pixel', padding) }
    },
  }
}

/** The layout of FACET: gender presentation, age presentation and skin tone as annotators perceived them; the photo as subject. */
export function facetLayout(plan: DatasetPlan, table: LabelTable): Layout {
  const seen = (name: string, values: readonly string[], note: string): AttributeLayout =>
    declaredAttribute(name, values, { labelledBy: 'annotator', note })
  const isBand = plan.reading?.skinTone === 'band'
  const names = (columns: readonly (readonly [string, string])[]) => columns.map(([, name]) => name).filter((name) => name !== '') // prettier-ignore
  return namedLayout(plan, table, {
    image: FILE,
    subject: FILE,
    attributes: [
      seen('gender', names(GENDERS), 'gender presentation; what most annotators chose'),
      seen('age', names(AGES), 'age presentation; what most annotators chose'),
      seen('skin-tone', names(isBand ? BANDS.map(([, name]) => ['', name]) : TONES), isBand ? BAND_NOTE : MAJORITY_NOTE), // prettier-ignore
    ],
    labelledBy: 'annotator',
    hint: 'Name annotations.csv of FACET with --labels.',
  })
}

const MAJORITY_NOTE = 'what most annotators chose on the Monk scale; unknown where two tones had as many'
const BAND_NOTE = 'mean of the annotators on the Monk scale, rounded, in three bands'
