const LONGEST_NAME = 28
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const SHADES = [' ', '░', '▒', '▓', '█']

/** A table of counts, one line each: name, count, share of `total`, and a bar that is full at the largest count. */
export function barTable(rows: readonly { name: string; count: number }[], total: number, columns: number): string {
  const names = rows.map(({ name }) => cut(name, LONGEST_NAME))
  const nameWidth = widest(names)
  const countWidth = widest(rows.map(({ count }) => String(count)))
  const room = Math.max(8, columns - nameWidth - countWidth - 14)
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return rows
    .map(({ count }, index) => {
      const share = total === 0 ? '' : `${((100 * count) / total).toFixed(1)}%`
      const start = `  ${names[index].padEnd(nameWidth)}  ${String(count).padStart(countWidth)}  ${share.padStart(6)}  `
      return `${start}${bar(count / most, room)}`.trimEnd()
    })
    .join('\n')
}

function bar(share: number, room: number): string {
  const eighths = share === 0 ? 0 : Math.max(1, Math.round(share * room * 8)) // what is there is seen
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]
}

type Cross = {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly counts: readonly (readonly number[])[]
}

/** A table of counts with a shade before each: none for 0, and four that grow with the square root of the count. What is too wide for the page
 *  goes on in a second table. */
export function heatTable({ rows, columns, counts }: Cross, width: number): string {
  const most = Math.max(1, ...counts.flat())
  const names = rows.map((name) => cut(name, LONGEST_NAME - 10))
  const nameWidth = widest(names)
  const cellWidth = Math.max(8, widest(counts.flat().map(String)) + 3)
  const perTable = Math.max(1, Math.floor((width - nameWidth - 2) / (cellWidth + 1)))
  const tables: string[] = []
  for (let start = 0; start < columns.length; start += perTable) {
    const end = Math.min(columns.length, start + perTable)
    const head = columns.slice(start, end).map((name) => ` ${cut(name, cellWidth).padStart(cellWidth)}`)
    const lines = counts.map((row, index) => {
      const cells = row.slice(start, end).map((count) => ` ${`${shade(count, most)} ${count}`.padStart(cellWidth)}`)
      return `  ${names[index].padEnd(nameWidth)}${cells.join('')}`
    })
    tables.push([`  ${' '.repeat(nameWidth)}${head.join('')}`, ...lines].join('\n'))
  }
  return tables.join('\n\n')
}

function shade(count: number, most: number): string {
  return count === 0 ? SHADES[0] : SHADES[Math.max(1, Math.ceil(4 * Math.sqrt(count / most)))]
}

/** A sentence broken into lines of at most `columns` characters; what follows its mark is indented. */
export function paragraph(text: string, columns: number, mark = ''): string {
  const lines: string[] = []
  let line = mark
  for (const word of text.split(' ')) {
    const isFirst = line === mark || line.trim() === ''
    if (!isFirst && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = ' '.repeat(mark.length)
    }
    line += line.trim() === '' || line === mark ? word : ` ${word}`
  }
  return [...lines, line].join('\n')
}

function cut(name: string, length: number): string {
  return name.length <= length ? name : `${name.slice(0, length - 1)}…`
}

function widest(words: readonly string[]): number {
  return Math.max(0, ...words.map((word) => word.length))
}
