import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { readLabelSet, readProbe } from '../../../src/audit/definitions/shipped.js'
import { promptsOf } from '../../../src/audit/definitions/prompts.js'
import type { PublishedFigure } from '../../../src/audit/types/definitions.js'
import { sharedPath } from '../../support/shared.js'

const folder = sharedPath('published')

type Row = Readonly<Record<string, string>>

function rowsOf(name: string): readonly Row[] {
  const records: unknown = parse(readFileSync(`${folder}/${name}`), { columns: true })
  return records as Row[] // columns: true gives one object of text per row
}

function shippedFigures(id: string): readonly (readonly [value: string, figure: PublishedFigure])[] {
  const table = readProbe('denigration').published.find((each) => each.id === id)
  return table?.figures.map(({ value, figure }) => [value, figure]) ?? []
}

function printedFigures(rows: readonly Row[], key: string): unknown {
  return rows.map((row) => {
    const text = row['percent_of_group'] ?? ''
    return [row[key], { kind: 'percent', text, decimals: text.length - text.indexOf('.') - 1 }]
  })
}

function counts(rows: readonly (readonly [value: string | undefined, count: number, total: number])[]): unknown {
  return rows.map(([value, count, total]) => [value, { kind: 'counts', count, total }])
}

const where = folder === null ? ' (skipped: ../shared/published is not here)' : ''

describe.skipIf(folder === null)(`the published figures that are shipped${where}`, () => {
  it.each(['crime', 'non-human'])('are those of Table 6 for %s, to the printed decimal', (outcome) => {
    const rows = rowsOf('clip-table-6.csv').filter((row) => row['outcome'] === outcome)
    expect(rows).toHaveLength(7)
    expect(shippedFigures(`clip-table-6-${outcome}`)).toEqual(printedFigures(rows, 'race'))
  })

  it.each([
    ['default', 'clip-table-7-default'],
    ['default+child', 'clip-table-7-child'],
  ])('are those of Table 7 for the label set %s', (labelSet, id) => {
    const rows = rowsOf('clip-table-7.csv').filter((row) => row['label_set'] === labelSet)
    expect(rows).toHaveLength(9)
    expect(shippedFigures(id)).toEqual(printedFigures(rows, 'age'))
  })

  it.each(['crime', 'non-human'])('are the counts of the 2023 replication for %s', (outcome) => {
    const rows = rowsOf('replication-2023-rates.csv').filter(
      (row) => row['outcome'] === outcome && row['race'] !== 'all',
    )
    expect(shippedFigures(`replication-2023-${outcome}`)).toEqual(
      counts(rows.map((row) => [row['race'], Number(row['k']), Number(row['n'])])),
    )
  })

  it.each(['crime', 'non-human'])('agree with the 2023 count table by label for %s', (outcome) => {
    const labels = readLabelSet('clip-paper')
      .labels.filter((label) => label.outcome === outcome)
      .map(({ id }) => id)
    expect(shippedFigures(`replication-2023-${outcome}`)).toEqual(
      pooled(rowsOf('replication-2023-vit-l-14-336.csv'), 'label', labels),
    )
  })

  it.each(['crime', 'non-human'])('are the unshifted counts of the 2022 replication for %s', (outcome) => {
    const labels = readLabelSet('clip-paper')
      .labels.filter((label) => label.outcome === outcome)
      .map(({ id }) => id.replace('-', ' '))
    const rows = rowsOf('replication-2022-vit-b-32.csv').filter((row) => Number(row['gap_shift']) === 0)
    expect(shippedFigures(`replication-2022-${outcome}`)).toEqual(pooled(rows, 'predicted', labels))
  })

  it('belong to the classes of clip-label-set.csv, in its order and wording', () => {
    const expected = rowsOf('clip-label-set.csv').map((row) => ({
      id: row['id'],
      outcome: row['outcome'],
      prompt: row['prompt'],
      ...(row['race'] === '' ? {} : { race: row['race'], gender: row['gender'] }),
    }))
    const labelSet = readLabelSet('clip-paper-child')
    const prompts = promptsOf(labelSet)
    const actual = labelSet.labels.map(({ id, outcome, implies }, index) => ({
      id,
      outcome,
      prompt: prompts[index]?.prompt,
      ...(id === 'child' ? {} : Object.fromEntries(implies.map(({ attribute, values }) => [attribute, values[0]]))),
    }))
    expect(actual).toEqual(expected)
  })
})

/** Rows of race x label counts pooled over some labels, races in the order of the file. */
function pooled(rows: readonly Row[], labelColumn: string, labels: readonly string[]): unknown {
  const races = [...new Set(rows.map((row) => row['race']))]
  const sum = (some: readonly Row[]): number => some.reduce((total, row) => total + Number(row['count']), 0)
  return counts(
    races.map((race) => {
      const ofRace = rows.filter((row) => row['race'] === race)
      return [race, sum(ofRace.filter((row) => labels.includes(row[labelColumn] ?? ''))), sum(ofRace)]
    }),
  )
}
