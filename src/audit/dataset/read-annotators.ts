import { DatasetError } from '../errors.js'
import type { Dataset } from '../types/dataset.js'
import type { Decisions } from '../types/decisions.js'
import type { DecisionsColumn, LabelSet } from '../types/definitions.js'
import { basename } from 'node:path'
import { REQUIRED_COLUMNS } from './decision-columns.js'
import { decisionTable, type DecisionRow, type DecisionTable } from './decision-table.js'
import { missingColumn, noRows } from './label-table.js'
import type { LabelTable } from './label-table.js'
import { majorityDecisions } from './majority-decisions.js'
import { openDecisions } from './open-decisions.js'
import { readDecisionsTable, type DecisionsFile } from './read-decisions.js'
import { fault, quotedList, refuse } from './refusals.js'

const ANNOTATOR = 'annotator'
const CONDITION = 'condition'
const MOST_DECIDERS = 50 // each is audited like a model; a crowd is for its majority

/** Reads a file of decisions made elsewhere. One with a column `annotator` holds the decisions of several people (`image,annotator,label`,
 *  and `labelSet` and `condition` where there are several): each person under each condition is a decider of their own, and so is what most
 *  of them said. Throws DatasetError as {@link readDecisionsTable} does, and for a person without a name. */
export async function readDecisionsFiles(
  file: string,
  dataset: Dataset,
  labelSets: readonly LabelSet[],
  map: readonly DecisionsColumn[] = [],
): Promise<DecisionsFile[]> {
  const table = await openDecisions(file)
  const isOfPeople = map.length === 0 && table.header.includes(ANNOTATOR)
  if (isOfPeople) return readPeople(table, { file, dataset, labelSets })
  return [await readDecisionsTable(table, { file, dataset, labelSets, map })]
}

type Asked = { readonly file: string; readonly dataset: Dataset; readonly labelSets: readonly LabelSet[] }
type Person = {
  readonly annotator: string
  readonly condition: string | null
  readonly made: DecisionTable
  rows: number
}

async function readPeople(table: LabelTable, asked: Asked): Promise<DecisionsFile[]> {
  const { file } = asked
  const has = (column: string): boolean => table.header.includes(column)
  checkHeader(table, asked)
  const optional = ['labelSet', CONDITION].filter(has)
  const people = new Map<string, Person>()
  let rows = 0
  for await (const { line, cells } of table.rows(['image', ANNOTATOR, 'label', ...optional])) {
    rows++
    const [image, annotator, label, ...others] = cells
    const condition = has(CONDITION) ? conditionOf(others[optional.indexOf(CONDITION)]) : null
    const labelSet = has('labelSet') ? others[optional.indexOf('labelSet')] : asked.labelSets[0].id
    const row: DecisionRow = new Map([['image', image], ['labelSet', labelSet], ['label', label]] as const) // prettier-ignore
    const person = personOf(people, { annotator, condition }, asked, `${file}:${line}`)
    person.rows++
    person.made.add(row, line)
  }
  if (rows === 0) throw new DatasetError('table.empty', noRows(file))
  return sourcesOf([...people.values()].sort(byCondition), { ...asked, sha256: table.sha256() })
}

function checkHeader({ header }: LabelTable, { file, labelSets }: Asked): void {
  const at = `${file}:1`
  const missing = ['image', 'label'].filter((column) => !header.includes(column))
  refuse('decisions.header', missing.map((column) => missingColumn(at, 'header', column, header))) // prettier-ignore
  if (labelSets.length === 1 || header.includes('labelSet')) return
  throw new DatasetError('decisions.header', {
    at,
    field: 'header',
    expected: 'a column "labelSet", because the run has more than one label set',
    received: `the columns ${quotedList(header)}`,
    hint: 'Add the column, or name the one label set that people chose from with --label-set',
  })
}

/** '' is no condition. */
function conditionOf(cell: string): string | null {
  return cell === '' ? null : cell
}

function personOf(
  people: Map<string, Person>,
  { annotator, condition }: Pick<Person, 'annotator' | 'condition'>,
  { file, dataset, labelSets }: Asked,
  at: string,
): Person {
  const key = JSON.stringify([condition, annotator])
  const known = people.get(key)
  if (known !== undefined) return known
  if (annotator === '') {
    const expected = 'a name or number of the person in every row'
    throw new DatasetError('decisions.annotator', { at, field: ANNOTATOR, expected, received: 'an empty cell' })
  }
  if (people.size === MOST_DECIDERS) throw tooMany(at)
  const made = decisionTable(file, dataset, labelSets, REQUIRED_COLUMNS)
  const person: Person = { annotator, condition, made, rows: 0 }
  people.set(key, person)
  return person
}

function tooMany(at: string): DatasetError {
  return new DatasetError(
    'decisions.annotator',
    fault({
      at,
      field: ANNOTATOR,
      expected: `at most ${MOST_DECIDERS} people, each condition counted once`,
      received: 'more',
      hint: 'Each is audited like a model. Of a crowd, give what most of them said: a file with the columns image,labelSet,label',
    }),
  )
}

/** Condition by condition, people in the order of their names, so that the order of rows moves nothing. */
function byCondition(a: Person, b: Person): number {
  return compareTexts(a.condition ?? '', b.condition ?? '') || compareTexts(a.annotator, b.annotator)
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Every person, and after those of one condition what most of them said. */
function sourcesOf(
  people: readonly Person[],
  { file, labelSets, sha256 }: Asked & { sha256: string },
): DecisionsFile[] {
  const conditions = [...new Set(people.map(({ condition }) => condition))]
  return conditions.flatMap((condition) => {
    const own = people.filter((person) => person.condition === condition)
    const decided = own.map(({ made }) => made.finish())
    const each = own.map(({ annotator, made, rows }, index): DecisionsFile => ({
      decisions: decided[index],
      source: { file: basename(file), sha256, rows },
      warnings: made.warnings(),
      decidedBy: { kind: 'annotator', annotator, condition },
    }))
    if (own.length < 2) return each
    return [...each, majority(own, decided, { file: basename(file), sha256, labelSets, condition })]
  })
}

function majority(
  own: readonly Person[],
  decided: readonly (readonly Decisions[])[],
  of: { file: string; sha256: string; labelSets: readonly LabelSet[]; condition: string | null },
): DecisionsFile {
  const together = of.labelSets.map((labelSet, index) =>
    majorityDecisions(
      decided.map((decisions) => decisions[index]),
      labelSet,
    ),
  )
  const tied = together.reduce((sum, { ties }) => sum + ties, 0)
  const message = `${tied} images on which as many people chose one label as another are undecided`
  return {
    decisions: together.map(({ decisions }) => decisions),
    source: { file: of.file, sha256: of.sha256, rows: own.reduce((sum, { rows }) => sum + rows, 0) },
    warnings: tied === 0 ? [] : [{ code: 'decisions.majority-tied', count: tied, message }],
    decidedBy: { kind: 'majority', people: own.length, condition: of.condition },
  }
}
