import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGridFile } from '../../../src/audit/definitions/grid.js'
import { readLabelSetFile } from '../../../src/audit/definitions/label-set.js'
import { shippedIds, type Located } from '../../../src/audit/definitions/locate.js'
import { writtenMeasure } from '../../../src/audit/definitions/measures/written-measure.js'
import { readEmbeddingsFile } from '../../../src/audit/definitions/read-embeddings-file.js'
import { DATASET_FORMATS } from '../../../src/audit/definitions/plan-words.js'
import { readPlanFile } from '../../../src/audit/definitions/plan-file.js'
import { readPolicyFile } from '../../../src/audit/definitions/policy.js'
import { readProbeFile } from '../../../src/audit/definitions/probe.js'
import { readSignoffFile } from '../../../src/audit/definitions/signoff.js'
import { readTemplateFamilyFile } from '../../../src/audit/definitions/template-family.js'
import { oneOf } from '../../../src/audit/definitions/words.js'
import { refusalOf } from './refusal-of.js'

const INVALID = join(import.meta.dirname, '../../invalid')

/** How the files of each folder of test/invalid are read. */
const READERS: readonly (readonly [folder: string, read: (located: Located) => unknown])[] = [
  ['label-sets', readLabelSetFile],
  ['probes', readProbeFile],
  ['policies', readPolicyFile],
  ['plans', readPlanFile],
  ['templates', readTemplateFamilyFile],
  ['grids', readGridFile],
  ['embeddings', readEmbeddingsFile],
  ['signoffs', readSignoffFile],
  ['yaml', readPolicyFile],
]

/** What grows with every release stands in the expected messages by its name. */
function filled(message: string): string {
  return message
    .replace('{shipped label sets}', shippedIds('label-sets').join(', '))
    .replace('{shipped probes}', shippedIds('probes').join(', '))
    .replace('{dataset formats}', oneOf(DATASET_FORMATS))
    .replace('{measure kinds}', oneOf(writtenMeasure.options.map(({ shape }) => shape.kind.value)))
}

describe.each(READERS)('broken definitions in test/invalid/%s', (folder, read) => {
  const names = readdirSync(join(INVALID, folder)).filter((name) => name.endsWith('.yaml'))

  it.each(names)('%s is refused with the message beside it', (name) => {
    const file = join(INVALID, folder, name)
    const expected = filled(readFileSync(file.replace(/\.yaml$/, '.txt'), 'utf8'))
    expect(`${refusalOf(() => read({ file, shown: name }))}\n`).toBe(expected)
  })

  it('has no message without a file', () => {
    const texts = readdirSync(join(INVALID, folder)).filter((name) => name.endsWith('.txt'))
    expect(texts.filter((name) => !existsSync(join(INVALID, folder, name.replace(/\.txt$/, '.yaml'))))).toEqual([])
  })
})
