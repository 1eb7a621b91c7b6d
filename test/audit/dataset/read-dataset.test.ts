import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'
import { counts, fairFacePlan, planOf, refusal, sharedData, testFolder, write } from './helpers.js'

const folder = testFolder()
const RACE = [{ attribute: 'race', column: 'race' }]

function processed({ images, excluded, quarantined }: Dataset): number {
  return images.filter((_, row) => !excluded.has(row) && !quarantined.has(row)).length
}

describe('readDataset', () => {
  it('keeps every row: processed, excluded or quarantined', async () => {
    write(folder, 'x', 'mixed/a.jpg')
    const labels = write(
      folder,
      'file,race\na.jpg,Black\nb.jpg,Black\n../c.jpg,Black\na.jpg,Black\nd.jpg,White\nd.jpg,White\n',
    )
    const where = [{ attribute: 'race', values: ['Black'] }]
    const dataset = await readDataset(planOf(labels, { images: join(folder, 'mixed'), map: RACE, where }))
    expect(dataset.images).toHaveLength(6)
    expect([...dataset.quarantined].map(([row, { code }]) => [row, code])).toEqual([
      [1, 'file.missing'],
      [2, 'path.escape'],
      [3, 'row.duplicate'],
    ])
    expect([...dataset.excluded.keys()]).toEqual([4, 5])
    expect(dataset.paths).toEqual([join(folder, 'mixed/a.jpg'), '', '', '', '', ''])
  })

  it('names the label file without its folder, with the hash of its bytes', async () => {
    const labels = write(folder, '\ufefffile,race\r\na.jpg,Black\r\n', 'people.csv')
    const { sources, paths, subjects } = await readDataset(planOf(labels, { map: RACE }))
    const sha256 = createHash('sha256').update(readFileSync(labels)).digest('hex')
    expect(sources).toEqual([{ file: 'people.csv', sha256, rows: 1 }])
    expect([paths, subjects]).toEqual([null, null])
  })

  it('reads subjects, and refuses a row without one', async () => {
    const map = [...RACE, { attribute: 'subject', column: 'person' }]
    const good = write(folder, 'file,race,person\na.jpg,Black,p1\n')
    expect((await readDataset(planOf(good, { map }))).subjects).toEqual(['p1'])
    const bad = write(folder, 'file,race,person\na.jpg,Black,\n')
    expect((await refusal(readDataset(planOf(bad, { map })))).message).toContain(`${bad}:2: subject`)
  })

  it('reads JSONL with dotted columns', async () => {
    const labels = write(folder, '{"image":"a.jpg","label":{"race":"x"}}\n{"image":"b.jpg"}\n')
    const map = [{ attribute: 'race', column: 'label.race' }]
    const { attributes, images } = await readDataset(planOf(labels, { format: 'jsonl', map }))
    expect(images).toEqual(['a.jpg', 'b.jpg'])
    expect(counts(attributes[0])).toEqual([
      ['x', 1],
      ['unknown', 1],
    ])
  })

  it.each(['', 'file,race\n', 'file,race'])('refuses %j: 0 rows', async (content) =>
    expect((await refusal(readDataset(planOf(write(folder, content), { map: RACE })))).message).toContain('0 rows'),
  )

  it('keeps any image name and group name, row by row', () => {
    const name = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', 'a,b', 'a"b', 'a\nb', 'a\r\nb', '=cmd', '<b>', '한글'),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    )
    const unknown = ['N/A', 'n/a', 'prefer not to say']
    return fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 20 }), async (groups) => {
        const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
        const rows = groups.map((group, row) => `${row}.jpg,${cell(group)}\n`)
        const dataset = await readDataset(
          planOf(write(folder, `file,race\n${rows.join('')}`, 'any.csv'), { map: RACE }),
        )
        const [{ values, codes }] = dataset.attributes
        expect(dataset.images).toEqual(groups.map((_, row) => `${row}.jpg`))
        expect([...codes].map((code) => values[code])).toEqual(
          groups.map((group) => (unknown.includes(group) ? 'unknown' : group)),
        )
        expect(processed(dataset) + dataset.excluded.size + dataset.quarantined.size).toBe(groups.length)
      }),
      { numRuns: 50 },
    )
  })

  it('says the same of a dataset whatever the order of its rows', () => {
    const rows = ['a.jpg,x', 'b.jpg,y', 'c.jpg,', 'd.jpg,"q,r"', 'e.jpg,x'].map((row) => `${row}\n`)
    return fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        const labels = write(folder, `file,race\n${shuffled.join('')}`, 'order.csv')
        const { attributes } = await readDataset(planOf(labels, { map: RACE }))
        expect(counts(attributes[0])).toEqual([
          ['q,r', 1],
          ['x', 2],
          ['y', 1],
          ['unknown', 1],
        ])
      }),
      { numRuns: 20 },
    )
  })

  it('survives any small file: it is read or refused, never worse', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const labels = write(folder, Buffer.concat([Buffer.from('file,race\n'), bytes]), 'fuzz.csv')
        const result = await readDataset(planOf(labels, { map: RACE })).catch((error: unknown) => error)
        if (result instanceof Error) expect(result).toHaveProperty('faults')
      }),
      { numRuns: 100 },
    ))

  it('reads 100,000 rows and their folder in seconds', async () => {
    const names = Array.from({ length: 100_000 }, (_, row) => `val/${row}.jpg`)
    const labels = write(folder, `file,race\n${names.map((name, row) => `${name},g${row % 7}\n`).join('')}`)
    write(folder, 'x', 'big/val/7.jpg')
    const dataset = await readDataset(planOf(labels, { images: join(folder, 'big'), map: RACE }))
    expect([processed(dataset), dataset.quarantined.size]).toEqual([1, 99_999])
  }, 20_000)
})

const labels = sharedData('fairface-val-labels/fairface_label_val.csv')

describe.skipIf(labels === null)(
  'the published FairFace validation labels (skipped: ../shared/data is not here)',
  () => {
    it('have the published counts', async () => {
      const dataset = await readDataset(fairFacePlan(labels ?? ''))
      // joojs/fairface, fairface_label_val.csv
      expect(counts(dataset.attributes[0]).map(([, images]) => images)).toEqual([
        2085, 1556, 1623, 1550, 1415, 1516, 1209,
      ])
      expect(counts(dataset.attributes[1]).map(([, images]) => images)).toEqual([5792, 5162])
      expect(counts(dataset.attributes[2]).map(([, images]) => images)).toEqual([
        199, 1356, 1181, 3300, 2330, 1353, 796, 321, 118,
      ])
      expect(counts(dataset.attributes[3]).map(([, images]) => images)).toEqual([5162, 5792])
      expect(dataset.warnings).toEqual([])
      expect(dataset.quarantined.size + dataset.excluded.size).toBe(0)
      expect(dataset.sources[0].sha256).toBe('19906f6917373dc19385e23ff0bacb75767fd0f99569ae6201d268af33d4c96b')
    })

    it('warn when one race is changed', async () => {
      const changed = readFileSync(labels ?? '', 'utf8').replace('East Asian', 'White')
      const { warnings } = await readDataset(fairFacePlan(write(folder, changed)))
      expect(warnings.map(({ message }) => message)).toEqual([
        'this is not the published validation set: race White 2086 (published 2085), race East Asian 1549 (published 1550)',
      ])
    })
  },
)

const faces = sharedData('fairface-val-balanced700')

describe.skipIf(faces === null)('700 FairFace images (skipped: ../shared/data is not here)', () => {
  it('are all found, 50 for each race and gender', async () => {
    const root = faces ?? ''
    const dataset = await readDataset(fairFacePlan(join(root, 'labels.csv'), { images: root, crop: null }))
    expect(dataset.paths?.filter((path) => path !== '')).toHaveLength(700)
    expect(counts(dataset.attributes[0]).map(([, images]) => images)).toEqual(Array(7).fill(100))
    expect(dataset.warnings.map(({ code }) => code)).toEqual(['crop.not-stated'])
  })

  it.skipIf(labels === null)('count as missing where the full label file is used', async () => {
    const where = [{ attribute: 'race', values: ['Black'] }]
    const dataset = await readDataset(fairFacePlan(labels ?? '', { images: faces, where }))
    expect(dataset.excluded.size).toBe(10_954 - 1556)
    expect(dataset.quarantined.size).toBe(1556 - 100)
    expect(dataset.warnings).toEqual([])
  })
})
