import { createHash } from 'node:crypto'

/** SHA-256 in hexadecimal of some texts in this order. What was prepared from texts counts for these and for no others, so that whoever edits a file of
 *  `reports/` sees it in the next report. */
export function textsHash(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex')
}
