import { writeFileSync } from 'node:fs'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { ParquetWriteOptions } from 'hyparquet-writer'

type Column = ParquetWriteOptions['columnData'][number]
type Schema = NonNullable<ParquetWriteOptions['schema']>
export type Cell = { readonly bytes: Uint8Array | null; readonly path: string | null } | null

/** An image column as Hugging Face datasets write it, with further columns of plain types. */
export function hubSchema(columns: readonly Schema[number][]): Schema {
  return [
    { name: 'root', num_children: columns.length + 1 },
    { name: 'image', repetition_type: 'OPTIONAL', num_children: 2 },
    { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
    { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    ...columns,
  ]
}

export const INTEGER = (name: string): Schema[number] => ({ name, type: 'INT64', repetition_type: 'OPTIONAL' })
export const TEXT = (name: string): Schema[number] => ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }) // prettier-ignore
export const BOOLEAN = (name: string): Schema[number] => ({ name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' })

/** The footer key in which Hugging Face datasets keep the names of their classes. */
export function hubFeatures(features: Readonly<Record<string, unknown>>): { key: string; value: string }[] {
  return [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }]
}

export function classLabel(...names: string[]): { names: string[]; _type: string } {
  return { names, _type: 'ClassLabel' }
}

/** Writes a Parquet file and returns its path. */
export function writeParquet(
  path: string,
  columns: readonly Column[],
  options: Partial<Omit<ParquetWriteOptions, 'writer' | 'columnData'>> = {},
): string {
  writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData: [...columns], ...options })))
  return path
}
