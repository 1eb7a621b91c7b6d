import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { observationSchema } from '../../src/audit/definitions/observations/observation-schema.js'
import { readLabelSet, readProbe } from '../../src/audit/definitions/shipped.js'
import { derive } from '../../src/audit/derive.js'
import type { Figure, FigureTable } from '../../src/audit/types/figures.js'
import type { Observation } from '../../src/audit/types/observations.js'
import { factsOf, type Block } from '../support/facts.js'

const observedFile = z.strictObject({
  labelSet: z.string(),
  attributes: z.record(z.string(), z.array(z.string())),
  cells: z.array(z.strictObject({ of: z.array(z.string()), counts: z.record(z.string(), z.int()) })),
  observations: z.array(z.unknown()).default([]),
})
/** Table key to row key to one text per column: "0.5", "12 of 40 = 0.3" with a count, the reason in brackets where there is no value. */
const tablesFile = z.record(z.string(), z.record(z.string(), z.array(z.string())))

/** Every folder here with these two files is a pair: what a probe is said to have seen, and every figure it must lead to. */
const PROBES = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(join(import.meta.dirname, name, 'observed.yaml')),
)

describe.each(PROBES)('the tables of %s on a made-up world', (probe) => {
  const read = (file: string): unknown => parse(readFileSync(join(import.meta.dirname, probe, file), 'utf8'))
  const observed = observedFile.parse(read('observed.yaml'))
  const { tables } = derive(
    factsOf({
      attributes: Object.entries(observed.attributes).map(([name, values]) => ({ name, values })),
      blocks: observed.cells.flatMap(({ of, counts }): Block[] =>
        Object.entries(counts).map(([label, images]) => ({ of, label, images })),
      ),
      labelSets: [readLabelSet(observed.labelSet)],
      probes: [readProbe(probe)],
      observations: observed.observations.map((one) => observationSchema.parse(one) as unknown as Observation), // read as an audit would be
    }),
  )

  it('are those that tables.yaml lists, figure by figure, and no others', () => {
    expect(Object.fromEntries(tables.map((table) => [table.key, rowsOf(table)]))).toEqual(
      tablesFile.parse(read('tables.yaml')),
    )
  })
})

function rowsOf({ rows }: FigureTable): Record<string, string[]> {
  return Object.fromEntries(
    rows.filter(({ key }) => !key.startsWith('published/')).map(({ key, figures }) => [key, figures.map(textOf)]),
  )
}

function textOf(figure: Figure): string {
  if (figure.kind !== 'own') return ''
  if (figure.value === null) return `(${figure.reason ?? 'no reason'})`
  const value = String(Number(figure.value.toPrecision(4)))
  return figure.count === undefined ? value : `${figure.count} of ${figure.total ?? '?'} = ${value}`
}
