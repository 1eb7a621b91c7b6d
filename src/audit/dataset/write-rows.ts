import { writeFileWhole } from '../audit-file/write-file-whole.js'

const ROWS_PER_WRITE = 4096 // about a quarter of a megabyte

/** Writes lines of a table as they come, without holding them all; the file is whole or absent. Resolves to the path. */
export async function writeRows(file: string, rows: Iterable<string>): Promise<string> {
  await writeFileWhole(file, batches(rows))
  return file
}

function* batches(rows: Iterable<string>): Generator<string, void> {
  let waiting: string[] = []
  for (const row of rows) {
    waiting.push(row)
    if (waiting.length < ROWS_PER_WRITE) continue
    yield `${waiting.join('\n')}\n`
    waiting = []
  }
  if (waiting.length > 0) yield `${waiting.join('\n')}\n`
}
