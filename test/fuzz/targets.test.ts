import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TARGETS } from './targets.js'

const ROOMS = ['dataset', 'dataset/containers', 'dataset/formats', 'embedding', 'embedding/import', 'definitions', 'model', 'store', 'hub', 'audit-file'] // prettier-ignore
/** A function that is given a file, bytes or text, by its name and its first argument. */
const READER =
  /export (?:async )?function\*? (?:read|parse|open|scan|sniff|decode|validate)\w*\(\s*(?:\w+: (?:string|Buffer|Uint8Array|Located)|(?:file|path|text|bytes|content|trace|folder|root|json)\b)/

/** Readers that no target names, each with why. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['dataset/containers/folder-names.ts', 'names of folders, which target dataset-names lists'],
  ['dataset/containers/parquet.ts', 'chooses the reader; target parquet-dataset goes through it'],
  ['dataset/folder-listing.ts', 'names in a folder, which the system gives'],
  ['dataset/list-files.ts', 'names in a folder, which the system gives'],
  ['dataset/list-images.ts', 'names in a folder, which the system gives'],
  ['dataset/open-decisions.ts', 'chooses the reader; targets decisions-csv and decisions-jsonl go through it'],
  ['dataset/open-table.ts', 'chooses the reader; targets decisions-csv and decisions-jsonl go through it'],
  [
    'embedding/import/clip-retrieval.ts',
    'pairs files of a folder; what is in them is read by npy-vectors and parquet-vectors',
  ],
  ['embedding/import/open-vectors.ts', 'chooses the reader by the ending'],
  ['embedding/import/prompt-vectors.ts', 'reads with vector-ids and npy-vectors'],
  ['embedding/open-encoder.ts', 'opens a model folder, which target model-folder reads'],
  ['embedding/open-text-tower.ts', 'opens a model folder, which target model-folder reads'],
  ['definitions/shipped.ts', 'definitions that come with the package'],
  ['model/open-model.ts', 'starts inference: what ONNX Runtime makes of a graph is native'],
  ['model/open-texts.ts', 'opens a model folder, which target model-folder reads'],
  ['model/read-image-bytes.ts', 'reads a file by its size and kind; what is in it is decoded by target image-bytes'],
  ['model/read-profile.ts', 'what ONNX Runtime wrote a moment ago'],
  ['model/read-pulled-from.ts', 'reads with target pull-json'],
  ['hub/part-file.ts', 'bytes of a download, held against their checksum when they are whole'],
  ['hub/pull-folder.ts', 'names and checksums of files on this machine'],
  ['hub/staging-folder.ts', 'a folder that a pull makes for itself'],
  ['audit-file/read-audit.ts', 'reads with target audit-json'],
])

const named = new Set(TARGETS.flatMap(({ reads }) => reads))

describe('the list of fuzz targets', () => {
  it('names sources that are there, and every target once', () => {
    expect([...named].filter((source) => !existsSync(source))).toEqual([])
    expect(new Set(TARGETS.map(({ name }) => name)).size).toBe(TARGETS.length)
  })

  it('has every source with a reader of files, bytes or text, or says why not', () => {
    const readers = ROOMS.flatMap((room) => readdirSync(join('src/audit', room)).map((file) => `${room}/${file}`)).filter((file) => file.endsWith('.ts') && READER.test(readFileSync(join('src/audit', file), 'utf8'))) // prettier-ignore
    const missing = readers.filter((file) => !named.has(`src/audit/${file}`) && !LEFT_OUT.has(file))
    expect(missing, 'add a target to test/fuzz/targets, or the reason why not to this test').toEqual([])
    expect(readers.length).toBeGreaterThan(40) // that the pattern finds what it is for
  })

  it('leaves out no source that a target names, and none that is gone', () => {
    expect([...LEFT_OUT.keys()].filter((file) => named.has(`src/audit/${file}`) || !existsSync(join('src/audit', file)))).toEqual([]) // prettier-ignore
  })
})
