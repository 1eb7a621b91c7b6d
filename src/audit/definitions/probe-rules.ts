import { quoted } from '../errors.js'
import type { Probe } from '../types/definitions.js'
import { categoryOutcomes } from '../types/measures.js'
import type { WrittenProbe } from './probe-schema.js'
import type { RuleFaults } from './rule-faults.js'
import { didYouMean, oneOf } from './words.js'
import type { Path } from './yaml-place.js'

/** What must hold of a probe beyond its form: names are declared once and used as declared. */
export function checkProbe(probe: Probe, written: WrittenProbe, faults: RuleFaults): void {
  if (written.evidence !== undefined && written.evidence !== probe.evidence)
    faults.add(['evidence'], `${probe.evidence}, which is what ${probe.measure.kind} needs`)
  checkOutcomes(probe, written, faults)
  checkDerived(probe, faults)
  checkGroupBy(probe, faults)
  checkStandardise(probe, faults)
  probe.suggests.forEach((id, index) => {
    if (probe.suggests.indexOf(id) < index) addRepeated(['suggests', index], 'each label set', id, faults)
  })
  probe.published.forEach((_table, index) => checkTable(probe, index, faults))
  probe.publishedTables.forEach((_table, index) => checkGrid(probe, index, faults))
}

function checkOutcomes({ measure }: Probe, written: WrittenProbe, faults: RuleFaults): void {
  const counted = categoryOutcomes(measure)
  const ids = counted.map(({ id }) => id)
  counted.forEach(({ id, isUnion, categories }, index) => {
    const path: Path = ['measure', 'outcomes', index]
    if (ids.indexOf(id) < index) addRepeated(isUnion ? [...path, 'id'] : path, 'each outcome', id, faults)
    categories.forEach((category, position) => {
      if (categories.indexOf(category) < position)
        addRepeated([...path, 'union', position], 'each category of a union', category, faults)
    })
  })
  const categories = [...new Set(counted.flatMap((outcome) => outcome.categories))]
  written.requires?.outcomes?.forEach((id, index) => {
    if (categories.includes(id)) return
    const expected = `an outcome category that the measure counts (${categories.join(', ')})`
    faults.add(['requires', 'outcomes', index], expected, { hint: didYouMean(id, categories) })
  })
}

function checkDerived({ derive }: Probe, faults: RuleFaults): void {
  const ids = derive.map(({ id }) => id)
  for (const { id, from, groups } of derive) {
    if (ids.includes(from)) faults.add(['derive', id, 'from'], 'an attribute of the dataset, not a derived one')
    if (groups.length < 2) faults.add(['derive', id, 'groups'], 'at least two groups', { received: `${groups.length}` })
    const seen = new Set<string>()
    for (const { value, values } of groups)
      values.forEach((name, index) => {
        if (seen.has(name)) addRepeated(['derive', id, 'groups', value, index], `each value of ${from}`, name, faults)
        seen.add(name)
      })
  }
}

function checkGroupBy({ groupBy, derive }: Probe, faults: RuleFaults): void {
  const seen = new Set<string>()
  groupBy.forEach((attributes, index) => {
    attributes.forEach((name, position) => {
      if (attributes.indexOf(name) < position) addRepeated(['groupBy', index, position], 'each attribute', name, faults)
    })
    const key = JSON.stringify([...attributes].sort())
    if (seen.has(key)) addRepeated(['groupBy', index], 'each grouping', attributes.join(', '), faults)
    seen.add(key)
  })
  for (const { id } of derive)
    if (!groupBy.some((attributes) => attributes.includes(id)))
      faults.add(['derive', id], 'a derived attribute that groupBy uses', {
        received: `${quoted(id)}, which it does not`,
      })
}

/** Only what is grouped by can be standardised, so that the plain rates stand beside; an attribute cannot be its own mix. */
function checkStandardise({ standardise, groupBy }: Probe, faults: RuleFaults): void {
  const grouped = groupBy.map((attributes) => JSON.stringify(attributes))
  standardise.forEach((asked, index) => {
    const path: Path = ['standardise', index]
    if (!grouped.includes(JSON.stringify(asked.groupBy)))
      faults.add([...path, 'groupBy'], 'a grouping that groupBy lists', { received: asked.groupBy.join(', ') })
    asked.over.forEach((name, position) => {
      if (asked.groupBy.includes(name))
        faults.add([...path, 'over', position], 'an attribute that is not grouped by', { received: quoted(name) })
      if (asked.over.indexOf(name) < position) addRepeated([...path, 'over', position], 'each attribute', name, faults)
    })
  })
}

function checkTable({ published, measure, groupBy }: Probe, index: number, faults: RuleFaults): void {
  const table = published[index]
  if (table === undefined) return
  const path: Path = ['published', index]
  if (published.findIndex(({ id }) => id === table.id) < index)
    addRepeated([...path, 'id'], 'each table id', table.id, faults)
  const outcomes = categoryOutcomes(measure).map(({ id }) => id)
  if (!outcomes.includes(table.outcome))
    faults.add([...path, 'outcome'], oneOf(outcomes), { hint: didYouMean(table.outcome, outcomes) })
  const single = groupBy.filter(({ length }) => length === 1).flat()
  if (!single.includes(table.attribute))
    faults.add([...path, 'attribute'], `an attribute that groupBy has on its own (${single.join(', ')})`, {
      hint: didYouMean(table.attribute, single),
    })
  if (table.figures.length === 0) faults.add([...path, 'figures'], 'at least one figure', { received: 'none' })
  for (const { value, figure } of table.figures) {
    const place = [...path, 'figures', value]
    if (figure.kind === 'counts' && figure.count > figure.total)
      faults.add(place, 'a count of at most the total', { received: `${figure.count} of ${figure.total}` })
    if (figure.kind === 'percent' && Number(figure.text) > 100) faults.add(place, 'a percentage of at most 100')
  }
  const isNever = table.neverComparable !== null
  if (isNever === (table.conditions !== null))
    faults.add(path, 'either neverComparable or conditions', { received: isNever ? 'both' : 'neither' })
}

function checkGrid({ publishedTables }: Probe, index: number, faults: RuleFaults): void {
  const grid = publishedTables[index]
  if (grid === undefined) return
  const path: Path = ['publishedTables', index]
  if (publishedTables.findIndex(({ id }) => id === grid.id) < index)
    addRepeated([...path, 'id'], 'each table id', grid.id, faults)
  grid.columns.forEach((column, place) => {
    if (grid.columns.indexOf(column) < place) addRepeated([...path, 'columns', place], 'each column', column, faults)
  })
  grid.rows.forEach(({ figures }, row) => {
    if (figures.length === grid.columns.length) return
    const expected = `${grid.columns.length} figures, one for each column`
    faults.add([...path, 'rows', row, 'figures'], expected, { received: `${figures.length}` })
  })
  const isNever = grid.neverComparable !== null
  if (isNever === (grid.conditions !== null))
    faults.add(path, 'either neverComparable or conditions', { received: isNever ? 'both' : 'neither' })
}

function addRepeated(path: Path, what: string, name: string, faults: RuleFaults): void {
  faults.add(path, `${what} once`, { received: `${quoted(name)} again` })
}
