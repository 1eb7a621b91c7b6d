// Whether `probity plan` is right: what it tells of an audit, beside what that audit then takes. The vectors that were made for the measurement are
// in the store, so the audit goes on from them, as it does for a user.
// node bench/plan.mjs [--rounds 3] [--images 256]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { drawImages, imagesFolder } from './drawn-images.mjs'
import { PROBITY, isStarted, measureNode, median, toTable } from './race-tools.mjs'
import { buildVitFolder } from './vit-model.mjs'

const ROUNDS = 3
const IMAGES = 256
const SEED = 1

/** Runs the race and returns the rows of RESULTS.md. Wall time, so nothing else may run beside it. */
export async function race({ rounds = ROUNDS, images = IMAGES } = {}) {
  const model = await buildVitFolder()
  const drawn = await drawImages(imagesFolder(images), { count: images, seed: SEED })
  const runs = Array.from({ length: rounds }, (_, round) => {
    const run = foretold(model, drawn)
    console.error(
      `round ${round + 1}: ${run.told.toFixed(1)} s told (${run.low.toFixed(1)} to ${run.high.toFixed(1)}), ${run.taken.toFixed(1)} s taken`,
    )
    return run
  })
  const inside = runs.filter(({ low, high, taken }) => low <= taken && taken <= high).length
  const over = (of) => median(runs.map(of)).toFixed(2)
  return [
    {
      what: `\`probity plan\`: seconds told of an audit of ${images} images, ViT-B/32`,
      figure: `${over(({ told, taken }) => told / taken)} times what it took (${over(({ told }) => told)} and ${over(({ taken }) => taken)} s); within the range told in ${inside} of ${rounds}; memory told ${over(({ memory, peak }) => memory / peak)} times`,
      against: `the whole \`probity audit\` that goes on from it, statistics and reports included, ${rounds} rounds, medians`,
    },
  ]
}

function foretold(model, { images, labels }) {
  const work = mkdtempSync(join(tmpdir(), 'probity-plan-race-'))
  try {
    const audited = ['--model', model, '--dataset', 'csv', '--labels', labels, '--images', images]
    const maps = ['--map', 'image=image', '--map', 'race=group', '--label-set', 'fairface-gender']
    const flags = [...audited, ...maps, '--store', join(work, 'store')]
    const child = spawnSync(process.execPath, [PROBITY, 'plan', ...flags, '--json'], { encoding: 'utf8' })
    if (child.status !== 0) throw new Error(`probity plan: exit ${child.status}\n${child.stderr}`)
    const { seconds, memory } = JSON.parse(child.stdout)
    const { wallSeconds, peakMegabytes } = measureNode([PROBITY, 'audit', ...flags, '--out', join(work, 'out')])
    return { told: seconds.middle, low: seconds.low, high: seconds.high, taken: wallSeconds, memory: memory / 1e6, peak: peakMegabytes } // prettier-ignore
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' }, images: { type: 'string' } } })
  console.log(toTable(await race({ rounds: Number(values.rounds ?? ROUNDS), images: Number(values.images ?? IMAGES) })))
}
