import { delimiterOf } from './delimiter.js'
import type { ReadingSettings } from './plan-settings.js'
import { ENCODINGS } from './plan-words.js'
import { oneOf } from './words.js'

/** The flags that say how a label file is written. */
export type LabelFileFlags = {
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly boxPadding?: string | undefined
}

/** Adds a fault about a flag. */
export type Refuse = (field: string, expected: string, text: string, hint?: string) => undefined

/** How the label file is read, as far as flags say. */
export function readReading(
  { encoding, delimiter, boxPadding }: LabelFileFlags,
  refuse: Refuse,
): ReadingSettings | undefined {
  const known = ENCODINGS.find((word) => word === encoding)
  if (encoding !== undefined && known === undefined) refuse('--encoding', oneOf(ENCODINGS), encoding)
  const isOne = delimiter !== undefined && /^(tab|[^\s"])$/.test(delimiter)
  if (delimiter !== undefined && !isOne) refuse('--delimiter', 'one character, or tab', delimiter)
  const padding = boxPadding !== undefined && /^[0-9]+(\.[0-9]+)?$/.test(boxPadding) ? Number(boxPadding) : NaN
  if (boxPadding !== undefined && !(padding <= 1)) refuse('--box-padding', 'a number from 0 to 1', boxPadding)
  const read: ReadingSettings = {
    ...(known === undefined ? {} : { encoding: known }),
    ...(isOne ? { delimiter: delimiterOf(delimiter) } : {}),
    ...(padding <= 1 ? { boxPadding: padding } : {}),
  }
  return Object.keys(read).length === 0 ? undefined : read
}
