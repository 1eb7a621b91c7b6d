import fc from 'fast-check'
import { join } from 'node:path'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { openCsv } from '../../../src/audit/dataset/csv.js'
import { safeCsvCell } from '../../../src/audit/dataset/csv-out.js'
import { readImagesCsv } from '../../../src/audit/dataset/images-table.js'
import { openJsonArray } from '../../../src/audit/dataset/json-array.js'
import { openJsonl } from '../../../src/audit/dataset/jsonl.js'
import type { LabelTable } from '../../../src/audit/dataset/label-table.js'
import { openObjectsTable } from '../../../src/audit/dataset/objects-table.js'
import { hasMarks, readMarkedPairs } from '../../../src/audit/dataset/overlap-tables.js'
import { readDecisionsFiles } from '../../../src/audit/dataset/read-annotators.js'
import { readCaptions } from '../../../src/audit/dataset/read-captions.js'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import { openText } from '../../../src/audit/dataset/text-file.js'
import { ProbityError } from '../../../src/audit/errors.js'
import { readTexts } from '../../../src/audit/embedding/import/ids.js'
import type { DatasetPlan } from '../../../src/audit/types/definitions.js'
import { datasetOf, labelSetOf } from '../../audit/dataset/decisions-fixture.js'
import { jsonSeeds } from '../one-wrong.js'
import { hold, RowsLost } from '../target.js'
import type { FuzzTarget, Given } from '../target.js'
import { accountFor, planOf } from './rows.js'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const WORDS = ['image', 'race', 'age', 'a.png', 'b.png', 'Black', 'White', '9-Mar', '3-9', '', ' ', '"', 'a "b"', "'=1+1", '=1+1', '__proto__', 'constructor', '한글.png', 'e\u0301.png', '\u00e9.png', '../a.png', '/a.png', 'a\0b', '012', '1e3', '-1', 'unknown'] // prettier-ignore
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme', maxLength: 8 }))

/** CSV as a program writes it, and with one thing wrong: a mark, line ends, a stray quote, a ragged row, another delimiter. */
function csvWith(header: readonly string[], cell: fc.Arbitrary<string> = word): fc.Arbitrary<Uint8Array> {
  return fc
    .record({
      rows: fc.array(fc.array(cell, { minLength: header.length, maxLength: header.length }), { maxLength: 6 }),
      end: fc.constantFrom('\n', '\n', '\r\n', '\r', '\n\n'),
      mark: fc.constantFrom('', '', '\ufeff'),
      last: fc.constantFrom('', '\n', '"', 'a', 'a,b,c,d,e,f,g,h', '\n\n\n', '\0'),
      comma: fc.constantFrom(',', ',', ',', ';', '\t'),
      isUtf16: fc.constantFrom(false, false, false, true),
    })
    .map(({ rows, end, mark, last, comma, isUtf16 }) => {
      const text = mark + [header, ...rows].map((row) => row.map(safeCsvCell).join(comma)).join(end) + last
      return isUtf16 ? Buffer.from(`\ufeff${text}`, 'utf16le') : bytesOf(text)
    })
}

const drawn = (form: fc.Arbitrary<Uint8Array>, numRuns = 60): Uint8Array[] => fc.sample(form, { numRuns, seed: 1 })

async function count(table: LabelTable): Promise<number> {
  let rows = 0
  let before = 1
  for await (const { line, cells } of table.rows(table.header)) {
    if (cells.length !== table.header.length) throw new RowsLost(`row ${rows} has ${cells.length} cells`)
    hold(line >= before, 'lines that go down')
    hold(
      cells.every((cell) => typeof cell === 'string'),
      'a cell that is no text',
    )
    before = line
    rows++
  }
  return rows
}

const RACE = [{ attribute: 'race', column: 'race' }]
const WITH_AGE = [...RACE, { attribute: 'age', column: 'age' }]
const CSV = ['src/audit/dataset/csv.ts', 'src/audit/dataset/csv-lines.ts', 'src/audit/dataset/text-file.ts']
const ROWS = ['src/audit/dataset/read-dataset.ts', 'src/audit/dataset/raw-columns.ts', 'src/audit/dataset/attribute-column.ts', 'src/audit/dataset/repeated-rows.ts', 'src/audit/dataset/locate-images.ts', 'src/audit/dataset/layout.ts'] // prettier-ignore

/** A dataset of one label file in a format; images are not looked for. */
function format(
  name: DatasetPlan['format'],
  source: string,
  seeds: () => readonly Uint8Array[],
  parts: Partial<DatasetPlan> = {},
): FuzzTarget {
  return {
    name: `dataset-${name}`,
    family: 'label files',
    reads: [source, 'src/audit/dataset/formats/named-layout.ts', 'src/audit/dataset/text-lines.ts', ...ROWS],
    seeds,
    run: async ({ file }) => accountFor(await readDataset(planOf(file('labels.txt'), { format: name, unknownValues: 'keep', ...parts }))), // prettier-ignore
  }
}

const IMAGES = ['a.png', 'b.png', '한글.png', '__proto__']
const DATASET = datasetOf(IMAGES, { excluded: new Map([[1, 'left out']]) })
const SETS = [labelSetOf('two', ['person', 'thief']), labelSetOf('three', ['person', 'thief', '__proto__'])]

async function decisions({ file }: Given, name: string): Promise<void> {
  for (const { decisions: made } of await readDecisionsFiles(file(name), DATASET, SETS)) {
    for (const { winner } of made) if (winner.length !== IMAGES.length) throw new RowsLost(`${winner.length} decisions`)
  }
}

const FACET = ['filename', 'person_id', 'bounding_box', 'class1', 'class2', 'gender_presentation_masc', 'gender_presentation_fem', 'gender_presentation_non_binary', 'gender_presentation_na', 'age_presentation_young', 'age_presentation_middle', 'age_presentation_older', 'age_presentation_na', ...Array.from({ length: 10 }, (_, tone) => `skin_tone_${tone + 1}`), 'skin_tone_na'] // prettier-ignore
const MIAP = ['ImageID', 'XMin', 'XMax', 'YMin', 'YMax', 'LabelName', 'IsGroupOf', 'IsDepictionOf', 'GenderPresentation', 'AgePresentation'] // prettier-ignore
const facetCell = fc.constantFrom('a.jpg', '1', '0', '3', '', `{'x': 1, 'y': 2, 'width': 10, 'height': 20, 'dict_attributes': {}}`, `{'x': -1}`, `{'x': 1e999, 'y': 1, 'width': 0, 'height': 1}`, '1.0', '-1') // prettier-ignore
const miapCell = fc.constantFrom(
  'img',
  '0.1',
  '0.9',
  '1',
  '0',
  '-1',
  '1e999',
  '/m/01g317',
  'unknown',
  'Predominantly Feminine',
  'Young',
  '',
)

export const TABLE_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'text-encodings',
    family: 'tables',
    reads: ['src/audit/dataset/text-file.ts'],
    seeds: () => [...['a,b\n1,2\n', '한글\n'].flatMap((text) => [bytesOf(text), bytesOf(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le')]), Uint8Array.of(0xc7, 0xd1, 0x0a, 0xff)], // prettier-ignore
    run: async ({ file }) => {
      const path = file('text.csv')
      for (const encoding of ['utf-8', 'cp949', 'utf-16le'])
        for await (const chunk of (await openText(path, encoding)).chunks) hold(chunk !== '', 'a chunk of nothing')
    },
  },
  {
    name: 'csv-table',
    family: 'tables',
    reads: CSV,
    seeds: () => drawn(csvWith(['image', 'race', 'age'])),
    run: async ({ file }) => count(await openCsv(file('table.csv'))),
  },
  {
    name: 'csv-tabs',
    family: 'tables',
    reads: CSV,
    seeds: () => drawn(csvWith(['image', 'race', 'age'])),
    run: async ({ file }) => count(await openCsv(file('table.csv'), { delimiter: '\t', encoding: 'cp949' })),
  },
  {
    name: 'jsonl-table',
    family: 'tables',
    reads: ['src/audit/dataset/jsonl.ts', 'src/audit/dataset/json-object.ts', 'src/audit/definitions/json-form.ts'],
    seeds: () => [
      bytesOf('{"image":"a.png","label":{"race":"Black"}}\n{"image":"b.png","label":{"race":null}}\n'),
      bytesOf('{"a":1,"a":2}\n'),
      ...jsonSeeds([{ image: 'a.png', race: 'Black', label: { race: 'x', deep: { er: 1 } }, list: [1] }], 60).map((one) => bytesOf(`${Buffer.from(one).toString()}\n{"image":"c"}`)), // prettier-ignore
    ],
    run: async ({ file }) => count(await openJsonl(file('table.jsonl'))),
  },
  {
    name: 'jsonl-objects',
    family: 'tables',
    reads: ['src/audit/dataset/objects-table.ts', 'src/audit/dataset/jsonl.ts'],
    seeds: () => jsonSeeds([{ file_name: 'a.png', objects: { bbox: [[1, 2, 3, 4]], race: ['Black'] } }], 60),
    run: async ({ file }) => count(await openObjectsTable(file('metadata.jsonl'), 'jsonl')),
  },
  {
    name: 'json-array',
    family: 'tables',
    reads: ['src/audit/dataset/json-array.ts', 'src/audit/definitions/json-form.ts'],
    seeds: () => [
      bytesOf('[\n{"a":1},\n{"a":"x","b":true}\n]\n'),
      bytesOf('[{"a":1,"a":2}]'),
      bytesOf('[]'),
      ...jsonSeeds([[{ a: 1, b: 'x' }, { a: null }]], 60),
    ],
    run: async ({ file }) => count(await openJsonArray(file('table.json'))),
  },
  {
    name: 'dataset-csv',
    family: 'label files',
    reads: [
      ...ROWS,
      'src/audit/dataset/placed-rows.ts',
      'src/audit/dataset/image-key.ts',
      'src/audit/dataset/where.ts',
    ],
    seeds: () => drawn(csvWith(['image', 'race', 'age'])),
    run: async ({ file, folder }) => {
      const images = join(folder, 'images')
      mkdirSync(images, { recursive: true })
      writeFileSync(join(images, 'a.png'), 'x')
      for (const parts of [
        {},
        { images },
        { unknownValues: 'keep' as const, images },
        { where: [{ attribute: 'race', values: ['Black'] }] },
      ])
        accountFor(await readDataset(planOf(file('labels.csv'), { map: WITH_AGE, ...parts })))
    },
  },
  {
    name: 'dataset-jsonl',
    family: 'label files',
    reads: ['src/audit/dataset/jsonl.ts', ...ROWS],
    seeds: () => jsonSeeds([{ image: 'a.png', race: 'Black' }], 60),
    run: async ({ file }) =>
      accountFor(
        await readDataset(planOf(file('labels.jsonl'), { format: 'jsonl', map: RACE, unknownValues: 'keep' })),
      ),
  },
  {
    name: 'dataset-join',
    family: 'label files',
    reads: ['src/audit/dataset/join-columns.ts'],
    seeds: () => drawn(csvWith(['image', 'tone'], fc.constantFrom('a.png', 'b.png', 'c.png', 'dark', 'light', ''))),
    run: async ({ file }) => {
      const labels = file('labels.csv', 'image,race\na.png,Black\nb.png,White\n')
      const map = [...RACE, { attribute: 'tone', column: 'tone' }]
      accountFor(await readDataset(planOf(labels, { map, join: [file('join.csv')], unknownValues: 'keep' })), 2)
    },
  },
  {
    name: 'dataset-imagefolder',
    family: 'label files',
    reads: ['src/audit/dataset/containers/image-folder.ts', 'src/audit/dataset/csv.ts'],
    seeds: () => drawn(csvWith(['file_name', 'race'])),
    run: async ({ folder, bytes }) => {
      const root = join(folder, 'folder')
      mkdirSync(join(root, 'train'), { recursive: true })
      writeFileSync(join(root, 'train', 'a.png'), 'x')
      writeFileSync(join(root, 'train', 'metadata.csv'), bytes)
      accountFor(
        await readDataset(planOf(root, { format: 'imagefolder', images: root, map: RACE, unknownValues: 'keep' })),
      )
    },
  },
  format('fairface', 'src/audit/dataset/formats/fairface.ts', () => drawn(csvWith(['file', 'age', 'gender', 'race', 'service_test'], fc.constantFrom('val/1.jpg', 'val/2.jpg', '3-9', '9-Mar', '50-59', 'more than 70', 'Male', 'Female', 'Black', 'East Asian', 'True', 'False', ''))), { crop: '0.25' }), // prettier-ignore
  format('celeba', 'src/audit/dataset/formats/celeba.ts', () => [bytesOf('3\nMale Smiling Young\n1.jpg -1  1 -1\n2.jpg 1 -1  1\n3.jpg -1 -1 -1\n'), bytesOf('image_id,Male,Young\n1.jpg,-1,1\n')]), // prettier-ignore
  format('lfw', 'src/audit/dataset/formats/lfw.ts', () => [
    bytesOf('# a comment\n# \tperson\timagenum\tMale\tAsian\nA B\t1\t1.5\t-2\nA B\t2\t-1.5\t0\n'),
  ]),
  format('facet', 'src/audit/dataset/formats/facet.ts', () => drawn(csvWith(FACET, facetCell))),
  format('miap', 'src/audit/dataset/formats/miap.ts', () => drawn(csvWith(MIAP, miapCell))),
  format('casual-conversations', 'src/audit/dataset/formats/casual-conversations.ts', () => [
    ...drawn(csvWith(['img_path', 'subject_id', 'age', 'gender'], fc.constantFrom('a.png', 'b.png', '1', '33', 'Female', 'N/A', '')), 20), // prettier-ignore
    ...jsonSeeds([[{ img_path: 'a.png', subject_id: '1', age: 33, gender: 'Female' }], { img_path: 'a.png', subject_id: '1', age: 33, gender: 'Other' }], 20), // prettier-ignore
  ]),
  {
    name: 'dataset-celeba-beside',
    family: 'label files',
    reads: ['src/audit/dataset/formats/celeba-beside.ts', 'src/audit/dataset/text-lines.ts'],
    seeds: () => [bytesOf('1.jpg 2880\n2.jpg 2880\n3.jpg 99\n'), bytesOf('1.jpg 0\n2.jpg 1\n3.jpg 2\n'), bytesOf('image_id,partition\n1.jpg,0\n')], // prettier-ignore
    run: async ({ file, folder }) => {
      const labels = file('list_attr_celeba.txt', '2\nMale Young\n1.jpg -1 1\n2.jpg 1 -1\n')
      for (const beside of ['identity_CelebA.txt', 'list_eval_partition.txt']) {
        file(beside)
        const { images, attributes } = await readDataset(planOf(labels, { format: 'celeba', unknownValues: 'keep' }))
        if (images.length !== 2 || attributes.some(({ codes }) => codes.length !== 2))
          throw new RowsLost('not two rows')
        rmSync(join(folder, beside))
      }
    },
  },
  {
    name: 'dataset-names',
    family: 'label files',
    reads: [
      'src/audit/dataset/formats/utkface.ts',
      'src/audit/dataset/formats/cfd.ts',
      'src/audit/dataset/formats/image-names.ts',
    ],
    seeds: () => [bytesOf('1_0_2_20161219140623097.jpg'), bytesOf('61_1_20170109150557335.jpg.chip.jpg'), bytesOf('CFD-BF-001-021-HC.jpg'), bytesOf('a.jpg')], // prettier-ignore
    run: async ({ folder, text }) => {
      const name = text().replaceAll(/[/\0]/g, '_').slice(0, 60)
      if (['', '.', '..'].includes(name) || Buffer.byteLength(name) > 200) return
      const root = join(folder, 'names')
      rmSync(root, { recursive: true, force: true })
      mkdirSync(root)
      writeFileSync(join(root, name), '')
      let refusal: ProbityError | null = null // its words are looked at as well
      for (const format of ['utkface', 'cfd', 'imagefolder'] as const)
        try {
          accountFor(await readDataset(planOf(root, { format, images: root, map: [], unknownValues: 'keep' })))
        } catch (error) {
          if (!(error instanceof ProbityError)) throw error
          refusal = error
        }
      if (refusal !== null) throw refusal
    },
  },
  {
    name: 'decisions-csv',
    family: 'files of decisions',
    reads: ['src/audit/dataset/read-decisions.ts', 'src/audit/dataset/decision-table.ts', 'src/audit/dataset/decision-cells.ts', 'src/audit/dataset/wide-decisions.ts', 'src/audit/dataset/read-scored.ts', 'src/audit/dataset/scored-columns.ts', 'src/audit/dataset/read-annotators.ts'], // prettier-ignore
    seeds: () => [
      ['image', 'labelSet', 'label'],
      ['image', 'labelSet', 'label', 'outcome', 'similarity', 'margin', 'isTie'],
      ['image', 'annotator', 'labelSet', 'label', 'condition'],
      ['image', 'two', 'three'],
      ['image', 'labelSet', 'label', 'score'],
      ['image', 'labelSet', 'rank', 'label', 'similarity'],
    ].flatMap((header) => drawn(csvWith(header, fc.constantFrom('a.png', 'b.png', '__proto__', 'two', 'three', 'person', 'thief', 'a thief', 'crime', '0.5', '-1', '1e999', 'Ann', '')), 15)), // prettier-ignore
    run: (given) => decisions(given, 'decisions.csv'),
  },
  {
    name: 'decisions-jsonl',
    family: 'files of decisions',
    reads: ['src/audit/dataset/read-decisions.ts', 'src/audit/dataset/read-scored.ts', 'src/audit/dataset/rank-labels.ts', 'src/audit/dataset/scored-columns.ts'], // prettier-ignore
    seeds: () => jsonSeeds([{ image: 'a.png', labelSet: 'two', label: 'person' }, { image: 'a.png', labelSet: 'two', scores: { person: 0.5, thief: 0.2 } }, { image: 'a.png', two: 'person', three: 'thief' }], 30), // prettier-ignore
    run: (given) => decisions(given, 'decisions.jsonl'),
  },
  {
    name: 'captions',
    family: 'files of decisions',
    reads: ['src/audit/dataset/read-captions.ts', 'src/audit/dataset/caption-questions.ts'],
    seeds: () => drawn(csvWith(['image', 'caption', 'role', 'protocol', 'sequence'], fc.constantFrom('a.png', 'b.png', 'a caption', 'another', 'correct', 'close', 'distractor', 'coarse', 'fine', '1', ''))), // prettier-ignore
    run: async ({ file }) => readCaptions(file('captions.csv'), DATASET),
  },
  {
    name: 'marked-pairs',
    family: 'files of decisions',
    reads: ['src/audit/dataset/overlap-tables.ts'],
    seeds: () => drawn(csvWith(['image', 'reference', 'cosine', 'hashDistance', 'correlation', 'same'], fc.constantFrom('a.png', '0.5', '-2', '3', 'yes', 'no', '', 'perhaps'))), // prettier-ignore
    run: async ({ file }) => {
      await hasMarks(file('pairs.csv'))
      await readMarkedPairs(file('pairs.csv'))
    },
  },
  {
    name: 'images-table',
    family: 'files of decisions',
    reads: ['src/audit/dataset/images-table.ts'],
    seeds: () => drawn(csvWith(['image', 'race'], fc.constantFrom('a.png', 'Black', 'White', ''))),
    run: async ({ file }) => accountFor({ ...(await readImagesCsv(file('images.csv'), [{ name: 'race', values: ['Black', 'White'], labelledBy: 'unknown' }])), sources: [] }), // prettier-ignore
  },
  {
    name: 'vector-ids',
    family: 'files of decisions',
    reads: ['src/audit/embedding/import/ids.ts'],
    seeds: () => [
      bytesOf('a.png\nb.png\n'),
      bytesOf('["a.png","b.png"]'),
      bytesOf('image\na.png\n'),
      ...jsonSeeds([['a.png', 'b.png']], 20),
    ],
    run: async ({ file }) => {
      const refusals: ProbityError[] = []
      for (const ending of ['json', 'csv', 'txt'])
        try {
          for await (const texts of readTexts(file(`ids.${ending}`)))
            hold(
              texts.every((each) => typeof each === 'string'),
              'an id that is no text',
            )
        } catch (error) {
          if (!(error instanceof ProbityError)) throw error
          refusals.push(error)
        }
      if (refusals.length === 3) throw refusals[0]
    },
  },
]
