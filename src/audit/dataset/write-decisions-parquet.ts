import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { writeFileWhole } from '../audit-file/write-file-whole.js'
import { DECISION_COLUMNS } from './decision-columns.js'
import type { DecisionColumn, WrittenDecision } from './decision-columns.js'

const ROWS_PER_GROUP = 65_536 // held in memory while they are encoded

type Kind = 'text' | 'single' | 'double'
const KINDS: Readonly<Record<DecisionColumn, { readonly kind: Kind; readonly isOptional: boolean }>> = {
  image: { kind: 'text', isOptional: false },
  labelSet: { kind: 'text', isOptional: false },
  label: { kind: 'text', isOptional: false },
  outcome: { kind: 'text', isOptional: false },
  similarity: { kind: 'single', isOptional: true },
  probability: { kind: 'double', isOptional: true },
  margin: { kind: 'single', isOptional: true },
  runnerUp: { kind: 'text', isOptional: true },
}

/** Writes decisions as a Parquet file (Snappy, row groups of 65,536), group by group; the file is whole or absent. Resolves to the path. */
export async function writeDecisionsParquet(file: string, rows: Iterable<WrittenDecision>): Promise<string> {
  await writeFileWhole(file, parquetBytes(rows))
  return file
}

async function* parquetBytes(rows: Iterable<WrittenDecision>): AsyncGenerator<Uint8Array, void> {
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({ writer: bytes, schema: schema(), createdBy: 'probity' })
  const taken = (): Uint8Array => {
    const part = bytes.getBytes().slice() // the writer goes on in the same memory
    bytes.index = 0
    return part
  }
  for (const group of groupsOf(rows)) {
    const columnData = DECISION_COLUMNS.map((name) => ({ name, data: group.map((row) => row[name]) }))
    await writer.write({ columnData, rowGroupSize: ROWS_PER_GROUP })
    yield taken()
  }
  await writer.finish()
  yield taken()
}

function schema() {
  const leaves = DECISION_COLUMNS.map((name) => {
    const { kind, isOptional } = KINDS[name]
    const repetition_type = isOptional ? ('OPTIONAL' as const) : ('REQUIRED' as const)
    if (kind === 'single') return { name, repetition_type, type: 'FLOAT' as const }
    if (kind === 'double') return { name, repetition_type, type: 'DOUBLE' as const }
    return { name, repetition_type, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const }
  })
  return [{ name: 'root', num_children: leaves.length }, ...leaves]
}

function* groupsOf(rows: Iterable<WrittenDecision>): Generator<WrittenDecision[], void> {
  let waiting: WrittenDecision[] = []
  for (const row of rows) {
    waiting.push(row)
    if (waiting.length < ROWS_PER_GROUP) continue
    yield waiting
    waiting = []
  }
  if (waiting.length > 0) yield waiting
}
