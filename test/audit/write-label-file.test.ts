import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../src/audit/dataset/read-dataset.js'
import { writeLabelFile, type LabelledImage } from '../../src/audit/write-label-file.js'
import { temporaryFolder } from '../e2e/run-cli.js'

const folder = temporaryFolder()

async function readBack(rows: readonly LabelledImage[]): Promise<Record<string, string>[]> {
  const { format, labels, map } = await writeLabelFile(join(folder, 'rows.csv'), rows)
  const dataset = await readDataset({
    format,
    id: 'rows',
    labels,
    images: null,
    crop: null,
    map: Object.entries(map).map(([attribute, column]) => ({ attribute, column })),
    where: [],
    unknownValues: 'refuse',
    followOutside: false,
    licence: null,
    simulated: false,
  })
  return dataset.images.map((image, row) => ({
    image,
    ...Object.fromEntries(dataset.attributes.map(({ name, values, codes }) => [name, values[codes[row]]])),
  }))
}

describe('rows of a program as a label file', () => {
  it('are one line each, with a header', async () => {
    const rows = [
      { image: 'a.jpg', age: 31, gender: 'Female' },
      { image: 'b/c.jpg', age: null, gender: 'Male, by the caption' },
    ]
    const { labels } = await writeLabelFile(join(folder, 'two.csv'), rows)
    expect(readFileSync(labels, 'utf8')).toBe('image,age,gender\na.jpg,31,Female\nb/c.jpg,,"Male, by the caption"\n')
  })

  it('are read back as they were given', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !/[\0\r]/.test(each))
    const known = text.filter((each) => !['N/A', 'n/a', 'unknown', 'prefer not to say'].includes(each))
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { maxLength: 5, minLength: 1 }), known, async (names, group) => {
        const rows = names.map((name, index) => ({ image: `${index}-${name}`, group: index === 0 ? null : group }))
        const expected = rows.map(({ image }, index) => ({ image, group: index === 0 ? 'unknown' : group }))
        expect(await readBack(rows)).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })

  it('are refused whole where one of them is at fault, and leave no file', async () => {
    const file = join(folder, 'refused.csv')
    const refused = async (...rows: unknown[]) => {
      await expect(writeLabelFile(file, rows as LabelledImage[])).rejects.toThrow(MESSAGES[rows.length])
      expect(existsSync(file)).toBe(false)
    }
    const good = { image: 'a.jpg', race: 'Black' }
    await refused()
    await refused({ race: 'Black' })
    await refused(good, { image: 'b.jpg' })
    await refused(good, good, { ...good, rac: 'White' })
    await refused(good, good, good, { ...good, race: ['Black'] })
  })
})

const MESSAGES: readonly RegExp[] = [
  /refused.csv: rows: expected at least one row but received none. Give one row for each image/,
  /row 1: image: expected the path of an image but received nothing. Every row needs one/,
  /row 2: race: expected the attributes of the first row \(image, race\) but received a row without it. Give every row/,
  /row 3: rac: expected the attributes of the first row \(image, race\) but received another one/,
  /row 4: race: expected a text, a number, a boolean or null but received \["Black"\]. Write it as text/,
]
