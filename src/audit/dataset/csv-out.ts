/** One text as a CSV cell that a spreadsheet does not run as a formula: a text that begins with = + - @ or their wide forms, tab, CR, LF or NUL
 *  gets a leading apostrophe, and RFC 4180 quotes (OWASP ASVS 5.0, 1.2.10). A text that already looks so marked gets one more, so that
 *  {@link unmarked} gives every text back. Numbers are not for this function: write them as numerals. */
export function safeCsvCell(text: string): string {
  const isMarked = MAY_RUN.test(text)
  const cell = isMarked ? `'${text}` : text
  return isMarked || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The text of a cell as read by a CSV parser, without the apostrophe that {@link safeCsvCell} put before it. */
export function unmarked(cell: string): string {
  return cell.startsWith("'") && MAY_RUN.test(cell) ? cell.slice(1) : cell
}

// eslint-disable-next-line no-control-regex -- tab and NUL are among the characters that start a formula
const MAY_RUN = /^'*[=+\-@＝＋－＠\t\r\n\u0000]/
