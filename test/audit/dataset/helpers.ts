import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { DatasetError } from '../../../src/audit/errors.js'
import { openCsv } from '../../../src/audit/dataset/csv.js'
import type { LabelTable, TableRow } from '../../../src/audit/dataset/label-table.js'
import type { AttributeColumn } from '../../../src/audit/types/dataset.js'
import type { DatasetPlan } from '../../../src/audit/types/definitions.js'
import { sharedPath } from '../../support/shared.js'

/** A folder of its own for one test file, removed at its end. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'probity-dataset-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

let files = 0

/** Writes one file under a fresh name, or a given one, and returns its path. */
export function write(folder: string, content: string | Uint8Array, name = `labels-${files++}.csv`): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

export const FAIRFACE_HEADER = 'file,age,gender,race,service_test'

/** A plan that looks for no images and maps nothing. */
export function planOf(labels: string, parts: Partial<DatasetPlan> = {}): DatasetPlan {
  return {
    format: 'csv',
    id: 'test',
    labels,
    images: null,
    crop: null,
    map: [],
    where: [],
    unknownValues: 'refuse',
    followOutside: false,
    licence: null,
    simulated: false,
    ...parts,
  }
}

export function fairFacePlan(labels: string, parts: Partial<DatasetPlan> = {}): DatasetPlan {
  return planOf(labels, { format: 'fairface', crop: '0.25', ...parts })
}

/** All rows of a table, for the columns of its header. */
export async function allRows(table: LabelTable): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const row of table.rows(table.header)) rows.push(row)
  return rows
}

export async function readAllCsv(path: string): Promise<TableRow[]> {
  return allRows(await openCsv(path))
}

/** The DatasetError that a promise or a call ends in. */
export async function refusal(work: Promise<unknown> | (() => unknown)): Promise<DatasetError> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    if (error instanceof DatasetError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** Images per value, in the order of the values. */
export function counts(column: AttributeColumn | undefined): [string, number][] {
  if (column === undefined) throw new Error('no such attribute')
  return column.values.map((value, code) => [value, column.codes.filter((other) => other === code).length])
}

/** Public reference data beside the repository, or null where it is absent; tests that need it are then skipped. */
export function sharedData(name: string): string | null {
  return sharedPath('data', name)
}
