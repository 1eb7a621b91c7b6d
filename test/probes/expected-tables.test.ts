import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { derive } from '../../src/audit/derive.js'
import type { Figure, FigureTable } from '../../src/audit/types/figures.js'
import { observedWorld } from '../support/observed-world.js'

/** Table key to row key to one text per column: "0.5", "12 of 40 = 0.3" with a count, the reason in brackets where there is no value. */
const tablesFile = z.record(z.string(), z.record(z.string(), z.array(z.string())))

/** Every folder here with these two files is a pair: what a probe is said to have seen, and every figure it must lead to. */
const PROBES = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(join(import.meta.dirname, name, 'observed.yaml')),
)

describe.each(PROBES)('the tables of %s on a made-up world', (probe) => {
  const read = (file: string): unknown => parse(readFileSync(join(import.meta.dirname, probe, file), 'utf8'))
  const { tables } = derive(observedWorld(probe))

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
