import { DatasetError } from '../../errors.js'
import { FAIRFACE_BANDS } from '../../types/age-bands.js'
import type { DatasetPlan } from '../../types/definitions.js'
import { openCsv } from '../csv.js'
import { openJsonArray } from '../json-array.js'
import { openJsonl } from '../jsonl.js'
import type { LabelTable } from '../label-table.js'
import type { AttributeLayout, Layout } from '../layout.js'
import { openText } from '../text-file.js'
import { declaredAttribute, namedLayout } from './named-layout.js'

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI']
const MONK = Array.from({ length: 10 }, (_, index) => String(index + 1))
const GENDERS = ['Female', 'Male', 'Other']
const GENDERS_2 = ['cis man', 'cis woman', 'transgender man', 'transgender woman', 'non-binary']

const HINT =
  'Casual Conversations are videos: list the frames that you took from them, one row each, with the columns img_path, subject_id, age and gender, or name your columns with --map.'

/** A table of frames taken from the videos: a JSON array, JSON lines or CSV, by its content. Throws DatasetError. */
export async function openFrames({ labels, reading }: DatasetPlan, hidesCells: boolean): Promise<LabelTable> {
  const head = await firstText(labels, reading?.encoding)
  if (head.startsWith('[')) return openJsonArray(labels, hidesCells)
  if (!head.startsWith('{')) return openCsv(labels, reading)
  if (!isObject(head.split('\n')[0])) throw listOfVideos(labels)
  return openJsonl(labels, hidesCells)
}

async function firstText(file: string, encoding: string | undefined): Promise<string> {
  const { chunks } = await openText(file, encoding)
  for await (const chunk of chunks) return chunk.trimStart()
  return ''
}

function isObject(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false // that it is not whole is the answer
  }
}

function listOfVideos(at: string): DatasetError {
  const expected = 'a table with one row per frame'
  return new DatasetError('table.row', { at, expected, received: 'one JSON object over several lines', hint: HINT })
}

const IMAGE_AND_SUBJECT = { image: 'img_path', subject: 'subject_id' } as const
const AGE: AttributeLayout = { name: 'age', column: 'age', labelledBy: 'self', declared: null, bins: FAIRFACE_BANDS }

/** The layout of Casual Conversations 1: age and gender as people say of themselves, skin type (Fitzpatrick) as annotators perceived it. */
export function casualConversationsLayout(plan: DatasetPlan, table: LabelTable): Layout {
  return namedLayout(plan, table, {
    ...IMAGE_AND_SUBJECT,
    attributes: [
      declaredAttribute('gender', GENDERS, { labelledBy: 'self' }),
      AGE,
      fitzpatrick('skin-type', 'skin-type'),
    ],
    labelledBy: 'unknown',
    hint: HINT,
  })
}

/** The layout of Casual Conversations 2: age and gender as people say of themselves, two scales of skin tone, which are never merged. */
export function casualConversations2Layout(plan: DatasetPlan, table: LabelTable): Layout {
  return namedLayout(plan, table, {
    ...IMAGE_AND_SUBJECT,
    attributes: [declaredAttribute('gender', GENDERS_2, { labelledBy: 'self' }), AGE],
    optional: [fitzpatrick('fitzpatrick-skin-tone', 'fitzpatrick_skin_tone'), monk()],
    labelledBy: 'unknown',
    hint: HINT,
  })
}

function fitzpatrick(name: string, column: string): AttributeLayout {
  const values = ROMAN.map((numeral) => `Fitzpatrick ${numeral}`)
  const spellings = ROMAN.flatMap(
    (numeral, index) =>
    [String(index + 1), numeral, numeral.toLowerCase(), `type ${numeral.toLowerCase()}`].map((text) => [text, values[index]] as const), // prettier-ignore
  )
  return { ...declaredAttribute(name, values, { labelledBy: 'annotator' }), column, aliases: new Map(spellings) }
}

function monk(): AttributeLayout {
  const values = MONK.map((number) => `Monk ${number}`)
  const spellings = MONK.flatMap((number, index) => [number, `scale ${number}`].map((text) => [text, values[index]] as const)) // prettier-ignore
  return { ...declaredAttribute('monk-skin-tone', values, { labelledBy: 'annotator' }), column: 'monk_skin_tone', aliases: new Map(spellings) } // prettier-ignore
}
