import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readImagesCsv, writeImagesCsv } from '../../../src/audit/dataset/images-table.js'
import { DatasetError } from '../../../src/audit/errors.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-images-'))
const file = join(folder, 'images.csv')
const ATTRIBUTES = [
  { name: 'race', values: ['Black', 'a, "b"', '=1+1', 'unknown'], labelledBy: 'annotator' as const },
  { name: '__proto__', values: ['x', 'y'], labelledBy: 'annotator' as const },
]
const DATASET: Dataset = {
  ...{ id: 'd', crop: null, licence: null, simulated: false, sources: [], paths: null, subjects: null, warnings: [] },
  images: ['a/1.jpg', '-2.jpg', 'three,\n3.jpg', '4.jpg', '5.jpg'],
  attributes: [
    { ...ATTRIBUTES[0], codes: Uint16Array.of(0, 1, 2, 3, 0) },
    { ...ATTRIBUTES[1], codes: Uint16Array.of(0, 1, 0, 1, 0) },
  ],
  excluded: new Map([[3, 'left out by where']]),
  quarantined: new Map([[4, { code: 'image.truncated', reason: 'the file ends early' }]]),
}

async function refusal(text: string): Promise<string> {
  writeFileSync(file, text)
  const error = await readImagesCsv(file, ATTRIBUTES).catch((caught: unknown) => caught)
  return error instanceof DatasetError ? error.message.replaceAll(file, 'images.csv') : 'not refused'
}

describe('images kept with their annotations', () => {
  it('are the processed ones, and read back with every value as it was', async () => {
    await writeImagesCsv(file, DATASET)
    const read = await readImagesCsv(file, ATTRIBUTES)
    expect(read.images).toEqual(DATASET.images.slice(0, 3))
    expect(read.attributes.map(({ name, codes }) => [name, [...codes]])).toEqual([
      ['race', [0, 1, 2]],
      ['__proto__', [0, 1, 0]],
    ])
    expect([read.excluded.size, read.quarantined.size]).toEqual([0, 0])
  })

  it('are for their owner alone, and hold no formula', async () => {
    await writeImagesCsv(file, DATASET)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toContain(`"'-2.jpg","a, ""b""",y\n`)
  })

  it('are refused with the line where a value is not one of the audit', async () => {
    expect(await refusal('image,race,__proto__\n1.jpg,Blak,x\n2.jpg,Black,z\n')).toBe(
      'images.csv:2: race: expected a value of the audit ("Black", "a, "b"", "=1+1", "unknown") but received "Blak". Did you mean "Black"?\n' +
        'images.csv:3: __proto__: expected a value of the audit ("x", "y") but received "z". Did you mean "x"?',
    )
  })

  it('are refused where an attribute of the audit is missing', async () => {
    expect(await refusal('image,race\n1.jpg,Black\n')).toMatch(
      /^images\.csv:1: header: expected a column "__proto__" but received the columns "image", "race"/,
    )
  })
})
