import { DatasetError, quoted } from '../../errors.js'
import type { DatasetPlan } from '../../types/definitions.js'
import { withComputed } from '../computed-columns.js'
import type { LabelTable, TableRow } from '../label-table.js'
import { isAttribute, type Layout } from '../layout.js'
import { openText } from '../text-file.js'
import { textLines } from '../text-lines.js'
import { declaredAttribute, namedLayout } from './named-layout.js'

const FILE = 'file'
const PERSON = 'person'
const NUMBER = 'imagenum'
const YES_NO = ['yes', 'no']
const SCORE = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

/** The scores of lfw_attributes.txt as a table. The image of a row is `First_Last/First_Last_0001.jpg`. A score above 0 says that a classifier found
 *  the attribute; one within the plan's dead zone says nothing. Throws DatasetError. */
export async function openLfw(plan: DatasetPlan): Promise<LabelTable> {
  const table = await openScores(plan)
  const deadZone = plan.reading?.deadZone ?? 0
  const scores = table.header.filter((name) => ![PERSON, NUMBER].includes(name))
  return withComputed(table, [
    { name: FILE, from: [PERSON, NUMBER], value: ([person, number]) => imageOf(person, number) },
    { name: 'gender', from: ['Male'], value: ([score]) => meaningOf(score, deadZone, ['Male', 'Female']) },
    ...scores.map((name) => ({ name, from: [name], value: ([score]: readonly string[]) => meaningOf(score, deadZone, YES_NO) })), // prettier-ignore
  ])
}

function imageOf(person: string, number: string): string {
  const name = person.replaceAll(' ', '_')
  return `${name}/${name}_${number.padStart(4, '0')}.jpg`
}

/** What is no score stays as it is, and is then refused with its line. */
function meaningOf(score: string, deadZone: number, [present, absent]: readonly string[]): string {
  if (!SCORE.test(score)) return score === '' ? 'no score' : score
  if (deadZone > 0 && Math.abs(Number(score)) <= deadZone) return ''
  return Number(score) > 0 ? present : absent
}

async function openScores({ labels, reading }: DatasetPlan): Promise<LabelTable> {
  const text = await openText(labels, reading?.encoding)
  const lines = textLines(text.chunks, labels)
  const comment = (await lines.next()).value?.text ?? ''
  const second = (await lines.next()).value?.text ?? ''
  const header = second.replace(/^#\s*/, '').split('\t')
  if (!header.includes(PERSON) || !header.includes(NUMBER)) throw notLfw(labels, second === '' ? comment : second)
  return { header, headerIsComplete: true, rows: (columns) => rowsOf(lines, header, columns, labels), sha256: text.sha256 } // prettier-ignore
}

async function* rowsOf(
  lines: ReturnType<typeof textLines>,
  header: readonly string[],
  columns: readonly string[],
  at: string,
): AsyncGenerator<TableRow, void> {
  const places = columns.map((column) => header.indexOf(column))
  for await (const { line, text } of lines) {
    const fields = text.split('\t')
    if (fields.length !== header.length) throw otherWidth(`${at}:${line}`, header.length, fields.length)
    yield { line, cells: places.map((place) => fields[place]) }
  }
}

function notLfw(at: string, second: string): DatasetError {
  return new DatasetError('lfw.header', {
    at: `${at}:2`,
    expected: 'the columns person, imagenum, Male, ..., separated by tabs, as in lfw_attributes.txt',
    received: quoted(second),
    hint: 'Name lfw_attributes.txt with --labels; the images alone have no labels',
  })
}

function otherWidth(at: string, wanted: number, fields: number): DatasetError {
  const hint = 'Get the file again; it was cut or edited'
  return new DatasetError('table.row', { at, expected: `${wanted} fields`, received: `${fields}`, hint })
}

/** The layout of LFW: gender; any other of its scored attributes by the map. Nothing in it was judged by a person. */
export function lfwLayout(plan: DatasetPlan, table: LabelTable): Layout {
  const deadZone = plan.reading?.deadZone ?? 0
  const note = `score of a classifier above 0${deadZone > 0 ? `; unknown from -${deadZone} to ${deadZone}` : ''}`
  const scored = { labelledBy: 'machine', note } as const
  const layout = namedLayout(plan, table, {
    image: FILE,
    subject: PERSON,
    attributes: [declaredAttribute('gender', ['Male', 'Female'], scored)],
    labelledBy: 'machine',
    hint: 'Name lfw_attributes.txt with --labels.',
  })
  const own = [FILE, PERSON, NUMBER, 'gender']
  const attributes = layout.attributes.map((one) =>
    isAttribute(one.name) && !own.includes(one.column) ? { ...one, ...scoredAs(one.column), note } : one,
  )
  return { ...layout, attributes }
}

function scoredAs(column: string) {
  const { declared } = declaredAttribute(column, YES_NO, { labelledBy: 'machine' })
  return { declared }
}
