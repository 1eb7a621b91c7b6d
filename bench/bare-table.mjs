// A table read with nothing done: the floor of tables.mjs. CSV by csv-parse record by record, Parquet by hyparquet one row group after the other.
// node bare-table.mjs <file>
import { createReadStream } from 'node:fs'

const [file] = process.argv.slice(2)
const rows = file.endsWith('.parquet') ? await readParquet() : await readCsv()
console.log(JSON.stringify({ rows }))

async function readCsv() {
  const { parse } = await import('csv-parse')
  const parser = createReadStream(file).pipe(parse())
  let records = 0
  parser.on('data', () => (records += 1))
  await new Promise((resolve, reject) => parser.on('end', resolve).on('error', reject))
  return records - 1 // the header
}

async function readParquet() {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetRead } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  const buffer = await asyncBufferFromFile(file)
  const metadata = await parquetMetadataAsync(buffer)
  const columns = metadata.row_groups[0].columns.length
  let values = 0
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    const onChunk = ({ columnData }) => (values += columnData.length)
    await parquetRead({ file: buffer, metadata, compressors, rowStart, rowEnd, onChunk })
    rowStart = rowEnd
  }
  return values / columns
}
