import { DatasetError } from '../errors.js'

/** No line of a label file comes near; a file without line ends would otherwise be held whole. */
export const MOST_LINE_CHARACTERS = 1024 * 1024

/** The lines of a text that is not CSV, counted from 1, without their ends (LF or CRLF). What follows the last line end is a line unless it is empty.
 *  Throws DatasetError for a line over {@link MOST_LINE_CHARACTERS}. */
export async function* textLines(
  chunks: AsyncIterable<string>,
  file: string,
): AsyncGenerator<{ readonly line: number; readonly text: string }, void> {
  let line = 1
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const text of parts) {
      requireShort(text, `${file}:${line}`)
      yield { line: line++, text: text.replace(/\r$/, '') }
    }
    requireShort(rest, `${file}:${line}`)
  }
  if (rest !== '') yield { line, text: rest.replace(/\r$/, '') }
}

function requireShort(text: string, at: string): void {
  if (text.length <= MOST_LINE_CHARACTERS) return
  const expected = `a line of at most ${MOST_LINE_CHARACTERS} characters`
  throw new DatasetError('table.row', { at, expected, received: 'a longer one' })
}
