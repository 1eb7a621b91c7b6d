const START = '<!-- figures of the last run: written by `npm run torture` -->'
const END = '<!-- end of the figures -->'

/** Puts the rows of a run in place of those of the last one. Throws where the document has no place for them. */
export function writeTable(text, rows, { seed, minutes, machine, day, isWhole }) {
  const from = text.indexOf(START)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error('docs/reliability.md has no place for the figures')
  const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',')
  const lines = rows.map(
    ({ where, fault, tried, lost, wrong }) =>
      `| ${where} | ${fault} | ${count(tried)} | ${count(lost)} | ${count(wrong)} |`,
  )
  const total = (name) => count(rows.reduce((sum, row) => sum + row[name], 0))
  const table = [
    `${day}, seed ${seed}, ${minutes} minutes on ${machine}.${isWhole ? '' : ' **The run failed: what it found is in the table, or a loop did not end.**'}`,
    '',
    '| where | fault | times tried | lost | wrong |',
    '| --- | --- | ---: | ---: | ---: |',
    ...lines,
    `| **all** | | **${total('tried')}** | **${total('lost')}** | **${total('wrong')}** |`,
  ]
  return `${text.slice(0, from)}${START}\n\n${table.join('\n')}\n\n${text.slice(to)}`
}
