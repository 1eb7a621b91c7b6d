/** A cell: text is made safe against formulas, numbers are written as numerals, null is an empty cell. */
export type CsvCell = string | number | boolean | null

/** A CSV file by RFC 4180 with a header row and CRLF line ends. Throws when a row has not as many cells as the header, or a
 *  number is not finite. */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [header, ...rows].map((row, i) => {
    if (row.length !== header.length)
      throw new Error(`row ${i} has ${row.length} cells, the header has ${header.length}`)
    return row.map(csvCell).join(',')
  })
  return `${lines.join('\r\n')}\r\n`
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) throw new Error(`expected a finite number for a CSV cell but received ${cell}`)
    return String(cell)
  }
  if (typeof cell === 'boolean') return String(cell)
  return `"${safeText(cell).replace(/"/g, '""')}"`
}

/** Spreadsheets run a text that begins like a formula, quoted or not (OWASP ASVS 5.0, 1.2.10): a leading quote stops them.
 *  The wide forms of the signs count too, which some spreadsheets read as the plain ones. Line breaks are kept from splitting a row that a person reads, and NUL from ending a file early. */
function safeText(text: string): string {
  const guarded = /^[=+\-@＝＋－＠\t\r\n\0]/.test(text) ? `'${text}` : text
  return guarded.replace(/\0/g, '\ufffd')
}
