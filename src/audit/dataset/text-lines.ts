/** The lines of a text that is not CSV, counted from 1, without their ends (LF or CRLF). What follows the last line end is a line unless it is empty. */
export async function* textLines(
  chunks: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: number; readonly text: string }, void> {
  // prettier-ignore
  let line = 1
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const text of parts) yield { line: line++, text: text.replace(/\r$/, '') }
  }
  if (rest !== '') yield { line, text: rest.replace(/\r$/, '') }
}
