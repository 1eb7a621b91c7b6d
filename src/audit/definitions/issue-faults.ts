import type { z } from 'zod'
import type { Fault } from '../errors.js'
import { didYouMean, oneOf } from './words.js'
import { fieldOf, type Path } from './yaml-place.js'

/** The checked file as messages need it: where a value stands, how to describe it, and its text if it is text. */
export type IssueSource = {
  readonly placeOf: (path: Path) => string
  readonly receivedAt: (path: Path) => string
  readonly textAt: (path: Path) => string | null
}

/** The "expected" words for what a schema leaves unsaid; a message in the schema itself wins. */
export function expectedBy(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return TYPE_WORDS.get(issue.expected) ?? issue.expected
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String))
  if (issue.code === 'too_small' && (issue.origin === 'array' || issue.origin === 'map'))
    return `at least ${issue.minimum} ${Number(issue.minimum) === 1 ? 'entry' : 'entries'}`
  if (issue.code === 'too_small') return `a number of at least ${issue.minimum}`
  return issue.code === 'too_big' ? `a number of at most ${issue.maximum}` : undefined
}

const TYPE_WORDS = new Map<string, string>([
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['tuple', 'a list'],
  ['object', 'a mapping'],
  ['map', 'a mapping'],
  ['null', 'null'],
  ['never', 'nothing'],
])

/** What a schema says against a value, as faults with place, field, expected, received and the nearest allowed word. */
export function faultsOfIssue(issue: z.core.$ZodIssue, source: IssueSource, above: Path = []): Fault[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors)
    if (branch !== null) return branch.flatMap((inner) => faultsOfIssue(inner, source, path))
    const words = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [] // of a union told apart by one field
    return [refusedUnion(issue.errors, words, { path, source })]
  }
  const hint = hintFor(issue, source.textAt(path))
  return [{ ...faultAt(path, issue.message, source), ...(hint === undefined ? {} : { hint }) }]
}

function faultAt(path: Path, expected: string, source: IssueSource): Fault {
  const fault = { at: source.placeOf(path), expected, received: source.receivedAt(path) }
  return path.length === 0 ? fault : { ...fault, field: fieldOf(path) }
}

/** The form of a union that the value is written in: the one that does not already refuse the value's type. */
function closestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | null {
  return branches.find((issues) => !issues.some(refusesType)) ?? null
}

function refusesType(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value')
}

function refusedUnion(
  branches: readonly (readonly z.core.$ZodIssue[])[],
  kinds: readonly string[],
  { path, source }: { readonly path: Path; readonly source: IssueSource },
): Fault {
  const refusals = branches.flatMap((issues) => issues.filter(refusesType))
  const values = refusals.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values.map(String) : []))
  const words = [...kinds, ...values]
  const types = refusals.flatMap((issue) => (issue.code === 'invalid_value' ? [] : [issue.message]))
  const allowed = [...new Set([...words, ...types])]
  const text = source.textAt(path)
  const hint = text === null ? undefined : didYouMean(text, words)
  const fault = faultAt(path, allowed.length === 0 ? 'a known kind' : oneOf(allowed), source)
  return hint === undefined ? fault : { ...fault, hint }
}

function hintFor(issue: z.core.$ZodIssue, text: string | null): string | undefined {
  if (text === null) return undefined
  if (issue.code === 'invalid_value') return didYouMean(text, issue.values.map(String))
  if (issue.code !== 'invalid_type') return undefined
  if (issue.expected === 'boolean') return 'Write true or false.'
  const isNumber = (issue.expected === 'number' || issue.expected === 'int') && /^-?[0-9.]+$/.test(text)
  return isNumber ? 'Write it without quotes.' : undefined
}
