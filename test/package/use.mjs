// What check-package.mjs runs in an empty folder: the installed package audits 40 drawn images, native packages and all.
import assert from 'node:assert/strict'
import { audit, readLabelSet, writeLabelFile } from 'probity'
import { buildPhantom, readShippedWorld } from 'probity/phantom'
import schema from 'probity/schemas/audit.schema.json' with { type: 'json' }
import { wilsonInterval } from 'probity/statistics'

assert.equal(wilsonInterval({ count: 3, total: 20 }).low.toFixed(4), '0.0524') // R: prop.test(3, 20, correct = FALSE)
assert.equal(readLabelSet('clip-paper').labels.length, 21)
assert.equal(typeof schema, 'object')
await assert.rejects(import('probity/dist/index.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' })

const world = readShippedWorld()
const cell = { race: 'Black', age: '20-29', images: 40, crime: 4, nonHuman: 6, crimeWithChild: 4, nonHumanWithChild: 6 }
const { model, images } = await buildPhantom({
  world: { ...world, cells: [cell] },
  folder: 'phantom',
  sampling: 'quota',
  seed: 1,
})
const rows = Array.from({ length: 40 }, (_, index) => ({ image: `val/${index + 1}.png`, race: 'Black' }))
const run = await audit({
  models: [model],
  dataset: { ...(await writeLabelFile('rows.csv', rows)), images, simulated: true },
  labelSets: ['clip-paper'],
})
const rate = run.audit.derived.rates.find(({ outcome, group }) => outcome === 'non-human' && group !== null)
assert.deepEqual([rate.count, rate.total], [6, 40])
assert.ok((await run.write('run')).some((file) => file.endsWith('report.html')))
