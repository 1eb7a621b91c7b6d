import { DatasetError } from '../errors.js'
import type { Fault } from '../errors.js'
import { fault } from './refusals.js'

/** Where the reading of a CSV text stands: the line that opened the quote it is in, or null outside quotes; and whether there was any quote so far. */
export type QuoteState = { openedOnLine: number | null; isUsed: boolean }

/** Passes a CSV text on unchanged and refuses what the parser would take in silently: line ends of two kinds, and a quote that is
 *  never closed (the parser names the last line of the file; this names the line that opens it). */
export async function* checkedLines(
  chunks: AsyncIterable<string>,
  at: string,
  quote: QuoteState,
): AsyncGenerator<string, void> {
  let line = 1
  let lineEnd: string | null = null
  let held = '' // a carriage return at the end of a chunk waits for its line feed
  for await (const chunk of chunks) {
    const whole = held + chunk
    held = whole.endsWith('\r') ? '\r' : ''
    const text = held === '' ? whole : whole.slice(0, -1)
    const isPlain = quote.openedOnLine === null && lineEnd !== '\r\n' && !/["\r]/.test(text)
    if (isPlain) {
      const lines = count(text, '\n') // nothing to check: by far most files are so
      if (lines > 0) lineEnd = '\n'
      line += lines
    } else quote.isUsed ||= text.includes('"')
    for (const [token] of isPlain ? [] : text.matchAll(/"|\r\n|\n|\r/g)) {
      if (token === '"') quote.openedOnLine = quote.openedOnLine === null ? line : null
      else {
        if (quote.openedOnLine === null) lineEnd = sameLineEnd(lineEnd, token, `${at}:${line}`)
        if (token !== '\r') line++
      }
    }
    yield text
  }
  if (quote.openedOnLine !== null) throw new DatasetError('table.quote', openQuote(`${at}:${quote.openedOnLine}`))
  if (held !== '') sameLineEnd(lineEnd, held, `${at}:${line}`)
}

function count(text: string, character: string): number {
  let found = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++
  return found
}

/** The refusal of a quote that is opened on a line and never closed. */
export function openQuote(at: string): Fault {
  return fault({ at, expected: 'a closing quote', received: 'a quote that is opened here and never closed' })
}

const NAMES = new Map([
  ['\n', 'LF'],
  ['\r\n', 'CRLF'],
  ['\r', 'CR'],
])

function sameLineEnd(first: string | null, token: string, at: string): string {
  if (token !== '\r' && (first === null || first === token)) return token
  const expected = first === null ? 'lines that end in LF or CRLF' : `lines that all end in ${NAMES.get(first)}`
  const hint = 'The file was joined from two systems or cut by an editor; save it again with one kind of line end'
  throw new DatasetError('table.line-ends', {
    at,
    expected,
    received: `a line that ends in ${NAMES.get(token)}`,
    hint,
  })
}
