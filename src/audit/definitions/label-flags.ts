import { quoted, type Fault } from '../errors.js'
import type { Harm, OutcomeCategory } from '../types/definitions.js'
import { HARMS } from './label-set-schema.js'
import { COMMAND_LINE } from './plan-flags.js'
import { didYouMean, oneOf } from './words.js'

/** A label as the command line names it: its id is made later. */
export type NamedLabel = { readonly text: string; readonly outcome: string }
/** An implication as the command line names it: of the label with this id. */
export type NamedImplication = { readonly id: string; readonly attribute: string; readonly values: readonly string[] }

/** Reads `crime=denigration`. What cannot be read becomes a fault. */
export function readOutcomeFlag(text: string, faults: Fault[]): OutcomeCategory[] {
  const cut = text.indexOf('=')
  const harm = text.slice(cut + 1).trim()
  const known: Harm | undefined = HARMS.find((each) => each === harm)
  if (cut > 0 && known !== undefined) return [{ id: text.slice(0, cut).trim(), harm: known }]
  const expected = `name=harm, with the harm one of ${oneOf(HARMS)}`
  faults.push(fault('--outcome', expected, text, cut > 0 ? didYouMean(harm, HARMS) : undefined))
  return []
}

/** Reads `a thief=crime`, at the last `=`: a text may hold one. */
export function readLabelFlag(flag: string, text: string, faults: Fault[]): NamedLabel[] {
  const pair = splitLast(text)
  if (pair !== null) return [{ text: pair[0], outcome: pair[1].trim() }]
  faults.push(fault(flag, 'text=outcome, such as "a thief=crime"', text))
  return []
}

/** Reads `child:age=0-2,3-9`. */
export function readImpliesFlag(text: string, faults: Fault[]): NamedImplication[] {
  const found = /^(.+?):([^:=]+)=(.+)$/.exec(text)
  const values = found?.[3].split(',').map((value) => value.trim()) ?? ['']
  if (found !== null && !values.includes('')) return [{ id: found[1].trim(), attribute: found[2].trim(), values }]
  faults.push(fault('--implies', 'id:attribute=value,value, such as child:age=0-2,3-9', text))
  return []
}

/** Reads `child=a kid`, at the first `=`. */
export function readSetTextFlag(text: string, faults: Fault[]): { id: string; text: string }[] {
  const cut = text.indexOf('=')
  const [id, words] = [text.slice(0, cut).trim(), text.slice(cut + 1)]
  if (cut > 0 && id !== '' && words.trim() !== '') return [{ id, text: words }]
  faults.push(fault('--set-text', 'id=text, such as "child=a kid"', text))
  return []
}

function splitLast(text: string): readonly [string, string] | null {
  const cut = text.lastIndexOf('=')
  const [before, after] = [text.slice(0, cut), text.slice(cut + 1)]
  return cut < 1 || before.trim() === '' || after.trim() === '' ? null : [before, after]
}

function fault(field: string, expected: string, text: string, hint?: string): Fault {
  const plain = { at: COMMAND_LINE, field, expected, received: quoted(text) }
  return hint === undefined ? plain : { ...plain, hint }
}
