import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeDuplicatesCsv } from '../../../src/audit/dataset/write-duplicates.js'
import { datasetOf } from './decisions-fixture.js'
import { testFolder } from './helpers.js'

const folder = testFolder()

it('writes repeated images content by content, with the values they were annotated with', async () => {
  const attributes = [
    { name: 'race', values: ['A', 'B'], codes: Uint16Array.from([0, 1, 1, 0]), labelledBy: 'annotator' as const },
  ]
  const file = join(folder, 'duplicates.csv')
  const dataset = datasetOf(['a.jpg', '=b.jpg', 'c.jpg', 'd.jpg'], { attributes })
  expect(await writeDuplicatesCsv(file, dataset, [[0, 2], [1, 3]])).toBe(file) // prettier-ignore
  expect(readFileSync(file, 'utf8')).toBe('content,image,race\n1,a.jpg,A\n1,c.jpg,B\n2,"\'=b.jpg",B\n2,d.jpg,A\n')
})
