import { quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import { didYouMean } from '../definitions/nearest-word.js'
import type { AttributeColumn, Dataset } from '../types/dataset.js'
import { openCsv } from './csv.js'
import { safeCsvCell, unmarked } from './csv-out.js'
import { MOST_FAULTS, fault, quotedList, refuse } from './refusals.js'
import { missingColumn } from './label-table.js'
import { writeRows } from './write-rows.js'

const IMAGE = 'image'

/** Writes the processed images with their annotations, one row each in dataset order: what says which group an image is of, once decisions
 *  are kept. It describes single images of people and stays on this machine. Resolves to the path. */
export async function writeImagesCsv(file: string, dataset: Dataset): Promise<string> {
  return writeRows(file, imageRows(dataset))
}

function* imageRows({ images, attributes, excluded, quarantined }: Dataset): Generator<string, void> {
  yield [IMAGE, ...attributes.map(({ name }) => name)].map(safeCsvCell).join(',')
  for (let row = 0; row < images.length; row++) {
    if (excluded.has(row) || quarantined.has(row)) continue
    const values = attributes.map(({ values: all, codes }) => all[codes[row]])
    yield [images[row], ...values].map(safeCsvCell).join(',')
  }
}

/** Reads the images and annotations that {@link writeImagesCsv} wrote, as a dataset of processed rows. `attributes` are those to read, with
 *  their values. Throws DatasetError with the lines where a value is not one of them, and where a column is missing. */
export async function readImagesCsv(
  file: string,
  attributes: readonly Pick<AttributeColumn, 'name' | 'values' | 'labelledBy'>[],
): Promise<Dataset> {
  const table = await openCsv(file)
  const header = table.header.map(unmarked)
  const names = [IMAGE, ...attributes.map(({ name }) => name)]
  const missing = names.filter((name) => !header.includes(name))
  refuse('images.header', missing.map((name) => missingColumn(`${file}:1`, 'header', name, header))) // prettier-ignore
  const images: string[] = []
  const codes = attributes.map((): number[] => [])
  const faults: Fault[] = []
  for await (const { line, cells } of table.rows(names.map((name) => table.header[header.indexOf(name)]))) {
    const [image, ...values] = cells.map(unmarked)
    images.push(image)
    values.forEach((value, index) => {
      const code = attributes[index].values.indexOf(value)
      if (code < 0) faults.push(unknownValue(`${file}:${line}`, attributes[index], value))
      codes[index].push(code)
    })
    if (faults.length >= MOST_FAULTS) break
  }
  refuse('images.value', faults)
  return {
    ...{ id: 'images', crop: null, licence: null, simulated: false, sources: [], paths: null, subjects: null },
    images,
    attributes: attributes.map((attribute, index) => ({ ...attribute, codes: Uint16Array.from(codes[index]) })),
    ...{ excluded: new Map(), quarantined: new Map(), warnings: [] },
  }
}

function unknownValue(at: string, { name, values }: Pick<AttributeColumn, 'name' | 'values'>, value: string): Fault {
  const expected = `a value of the audit (${quotedList(values)})`
  return fault({ at, field: name, expected, received: quoted(value), hint: didYouMean(value, values) })
}
