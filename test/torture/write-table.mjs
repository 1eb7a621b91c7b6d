const START = '<!-- figures of the last run: written by `npm run torture` -->'
const END = '<!-- end of the figures -->'
/** A row of a loop; the line under the heads of the columns has no letter. */
const LOOP = /^\| ([a-z][\w-]*) \| /
const FIGURES = /\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| [^|]* \|$/

/** Puts the rows of a run in place of those that these loops had, and keeps those of other loops. Throws where the document has no place for
 *  the figures. */
export function writeTable(text, rows, { seed, day, machine, failed }) {
  const from = text.indexOf(START)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error('docs/reliability.md has no place for the figures')
  const ran = new Set(rows.map(({ loop }) => loop))
  const kept = text
    .slice(from, to)
    .split('\n')
    .filter((line) => LOOP.test(line) && !line.startsWith('| loop |') && !ran.has(LOOP.exec(line)[1]))
  const written = rows.map(({ loop, fault, tried, lost, wrong }) => {
    const end = failed.includes(loop) ? ' **failed**' : ''
    return `| ${loop} | ${fault.replaceAll('|', '/')} | ${counted(tried)} | ${counted(lost)} | ${counted(wrong)} | ${day}, seed ${seed}${end} |`
  })
  const lines = [...kept, ...written].sort((a, b) =>
    LOOP.exec(a)[1] < LOOP.exec(b)[1] ? -1 : LOOP.exec(a)[1] > LOOP.exec(b)[1] ? 1 : 0,
  )
  const table = [
    `On ${machine}.`,
    '',
    '| loop | fault | times tried | lost | wrong | last run |',
    '| --- | --- | ---: | ---: | ---: | --- |',
    ...lines,
    `| **all** | | **${sum(lines, 1)}** | **${sum(lines, 2)}** | **${sum(lines, 3)}** | |`,
  ]
  return `${text.slice(0, from)}${START}\n\n${table.join('\n')}\n\n${text.slice(to)}`
}

function sum(lines, column) {
  return counted(
    lines.reduce((total, line) => total + Number((FIGURES.exec(line)?.[column] ?? '0').replaceAll(',', '')), 0),
  )
}

function counted(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',')
}
