import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeQuarantineCsv } from '../../../src/audit/dataset/write-quarantine.js'
import { datasetOf } from './decisions-fixture.js'
import { testFolder } from './helpers.js'

const folder = testFolder()

it('writes quarantined rows with code and reason in dataset order', async () => {
  const quarantined = new Map([
    [2, { code: 'file.missing', reason: 'no such file, anywhere' }],
    [0, { code: 'image.truncated', reason: 'cut' }],
  ])
  const file = join(folder, 'quarantine.csv')
  expect(await writeQuarantineCsv(file, datasetOf(['=a', 'b', 'c'], { quarantined }))).toBe(file)
  expect(readFileSync(file, 'utf8')).toBe(
    'image,code,reason\n"\'=a",image.truncated,cut\nc,file.missing,"no such file, anywhere"\n',
  )
})
