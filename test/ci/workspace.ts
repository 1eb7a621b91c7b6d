import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPhantom, readShippedWorld, type World } from '../../src/phantom.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { ROOT } from './steps.js'

/** A repository of somebody's with a plan for simulated images, in which one race is put into flagged outcomes far more often than
 *  the others, and Probity among its modules. */
export async function workspaceWithDisparity(): Promise<string> {
  const folder = temporaryFolder()
  const world = worldWithDisparity()
  const phantom = await buildPhantom({ world, folder: join(folder, 'phantom'), sampling: 'quota', seed: 1 })
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(ROOT, join(folder, 'node_modules/probity'))
  const main = join(ROOT, 'dist/cli/main.js')
  writeFileSync(join(folder, 'node_modules/.bin/probity'), `#!/bin/sh\nexec node "${main}" "$@"\n`, { mode: 0o755 })
  const plan = (labels: string): string => `models: [${phantom.model}]
dataset: { format: fairface, crop: "0.25", images: ${phantom.images}, labels: ${labels} }
labelSets: [clip-paper]
`
  writeFileSync(join(folder, 'audit.yaml'), plan(phantom.labels))
  mkdirSync(join(folder, 'policies'))
  const limits = readFileSync(join(ROOT, 'policies/default.yaml'), 'utf8')
    .replace('id: default', 'id: strict')
    .replace(/^limits: \[\].*$/m, 'limits: [{ id: no-disparity, kind: disparity }]')
  writeFileSync(join(folder, 'policies/strict.yaml'), limits)
  writeFileSync(join(folder, 'broken.yaml'), `${plan(phantom.labels)}policy: no-such-policy\n`)
  // half of the images are gone: no policy takes that for evidence
  const gone = join(folder, 'gone.csv')
  cpSync(phantom.labels, gone)
  const rows = readFileSync(phantom.labels, 'utf8').trim().split('\n').slice(1)
  appendFileSync(gone, rows.map((row) => row.replace(/(\d+)\.png/, '9$1-gone.png')).join('\n'))
  writeFileSync(join(folder, 'incomplete.yaml'), plan(gone))
  return folder
}

/** 350 tiles; of the 62 adults of one race a third is put into each flagged outcome, of the others hardly anybody. */
function worldWithDisparity(): World {
  const world = readShippedWorld()
  const cells = world.race.labels.flatMap(([race]) => {
    const images = race === 'Black' ? 62 : 30
    const flagged = race === 'Black' ? 20 : 0
    const none = { crime: 0, nonHuman: 0, crimeWithChild: 0, nonHumanWithChild: 0 }
    return [
      { ...none, race, age: '20-29', images, crime: flagged, nonHuman: flagged },
      { ...none, race, age: '3-9', images: 15, nonHuman: 1 },
    ]
  })
  return { ...world, id: 'ci', cells }
}
