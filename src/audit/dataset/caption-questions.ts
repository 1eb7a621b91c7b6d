import { quoted, type Fault } from '../errors.js'
import type { CaptionProtocol, CaptionQuestion, CaptionRole } from '../types/captions.js'

/** One row of a caption set. */
export type CaptionRow = {
  readonly line: number
  readonly row: number
  readonly caption: string
  readonly role: CaptionRole
  /** null: it follows from the options of the image. */
  readonly protocol: CaptionProtocol | null
  readonly sequence: string | null
}

/** Fewest captions of a coarse or stress question: the one that is correct and five others (CLIP, section 7.2). */
const FEWEST_OPTIONS = 6
const FINE_OPTIONS = 2

type Questions = {
  readonly captions: readonly string[]
  readonly questions: readonly CaptionQuestion[]
  readonly faults: readonly Fault[]
}

/** Puts the captions of each image together and checks that they make a question. Where no protocol is written it follows from the
 *  options: two make a fine question; more make a coarse one, or with a close caption a stress test, and then a coarse one as well if
 *  without the close captions enough are left. */
export function captionQuestions(rows: readonly CaptionRow[], file: string): Questions {
  const captionIndex = new Map<string, number>()
  for (const { caption } of rows) if (!captionIndex.has(caption)) captionIndex.set(caption, captionIndex.size)
  const groups = togetherByImage(rows)
  const faults = [...sequenceFaults(rows, file), ...groups.flatMap((group) => groupFaults(group, file))]
  const questions = groups.flatMap((group) =>
    protocolsOf(group).map(([protocol, options]) => ({
      protocol,
      row: group[0].row,
      sequence: group[0].sequence,
      options: options.map(({ caption, role }) => ({ caption: captionIndex.get(caption) ?? 0, role })),
    })),
  )
  return { captions: [...captionIndex.keys()], questions: faults.length > 0 ? [] : questions, faults }
}

type Group = readonly CaptionRow[]

function togetherByImage(rows: readonly CaptionRow[]): Group[] {
  const groups = new Map<string, CaptionRow[]>()
  for (const one of rows) {
    const key = `${one.row} ${one.protocol ?? ''}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
}

function protocolsOf(group: Group): (readonly [CaptionProtocol, Group])[] {
  const [{ protocol }] = group
  if (protocol !== null) return [[protocol, group]]
  if (group.length === FINE_OPTIONS) return [['fine', group]]
  const plain = group.filter(({ role }) => role !== 'close')
  const coarse = plain.length >= FEWEST_OPTIONS ? [['coarse', plain] as const] : []
  return plain.length === group.length ? [...coarse] : [...coarse, ['stress', group]]
}

function groupFaults(group: Group, file: string): Fault[] {
  const [{ line, protocol }] = group
  const at = `${file}:${line}`
  const faults: Fault[] = []
  const correct = group.filter(({ role }) => role === 'correct')
  if (correct.length !== 1)
    faults.push({
      at: correct.length === 0 ? at : `${file}:${correct[1].line}`,
      field: 'role',
      expected: 'exactly one correct caption for each image and protocol',
      received: correct.length === 0 ? 'none' : `a second one, after line ${correct[0].line}`,
    })
  group.forEach((one, index) => {
    const before = group.slice(0, index).find(({ caption }) => caption === one.caption)
    if (before === undefined) return
    const received = `${quoted(one.caption)} again, after line ${before.line}`
    faults.push({ at: `${file}:${one.line}`, field: 'caption', expected: 'each caption of an image once', received })
  })
  return [...faults, ...sizeFaults(group, protocol, at), ...closeFaults(group, protocol, file)]
}

function sizeFaults(group: Group, protocol: CaptionProtocol | null, at: string): Fault[] {
  const options = `${group.length} ${group.length === 1 ? 'caption' : 'captions'}`
  const isFine = group.length === FINE_OPTIONS
  const isEnough = group.length >= FEWEST_OPTIONS
  const isRight = protocol === 'fine' ? isFine : protocol === null ? isFine || isEnough : isEnough
  if (isRight) return []
  const many = `at least ${FEWEST_OPTIONS} captions of an image for ${protocol ?? 'a coarse or stress question'}`
  const expected = protocol === 'fine' ? 'exactly 2 captions of an image for fine' : many
  return [
    { at, field: 'caption', expected: protocol === null ? `exactly 2, or ${expected}` : expected, received: options },
  ]
}

function closeFaults(group: Group, protocol: CaptionProtocol | null, file: string): Fault[] {
  const close = group.filter(({ role }) => role === 'close')
  if (protocol === 'coarse')
    return close.map(({ line }) => ({
      at: `${file}:${line}`,
      field: 'role',
      expected: 'correct or distractor in a coarse question',
      received: '"close"',
      hint: 'With a close caption among them it is the stress test',
    }))
  if (protocol !== 'stress' || close.length > 0) return []
  const expected = 'at least one close caption in a stress test'
  return [{ at: `${file}:${group[0].line}`, field: 'role', expected, received: 'none' }]
}

/** An image belongs to one sequence. */
function sequenceFaults(rows: readonly CaptionRow[], file: string): Fault[] {
  const first = new Map<number, CaptionRow>()
  return rows.flatMap((one) => {
    const before = first.get(one.row)
    if (before === undefined) first.set(one.row, one)
    if (before === undefined || before.sequence === one.sequence) return []
    const expected = `the sequence of this image in line ${before.line}, ${quoted(before.sequence ?? '')}`
    return [{ at: `${file}:${one.line}`, field: 'sequence', expected, received: quoted(one.sequence ?? '') }]
  })
}
