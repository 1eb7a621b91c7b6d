// What a specification curve costs: 1,000 specifications of 21 labels over 10,954 stored vectors of 512 numbers, no class vector shared,
// beside the bare product of the same matrices; and what chance alone gives over all of them, 999 redistributions.
// node bench/curve.mjs [--rounds 3] [--images 10954] [--specifications 1000] [--draws 999]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isStarted, measureNode, median, toTable } from './race-tools.mjs'

const CONTENDER = fileURLToPath(new URL('curve-contender.mjs', import.meta.url))
const ROUNDS = 3
const IMAGES = 10_954
const SPECIFICATIONS = 1000
const DRAWS = 999
const MOST_TIMES = 3 // what the issue "Class designs side by side" allows
const MOST_MEGABYTES = 1000

/** Runs the race and returns the rows of RESULTS.md. */
export async function race({ rounds = ROUNDS, images = IMAGES, specifications = SPECIFICATIONS, draws = DRAWS } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'probity-curve-race-'))
  const run = (what) => {
    const { output, peakMegabytes } = measureNode([CONTENDER, what, folder, images, specifications, draws].map(String))
    return { ...JSON.parse(output), peakMegabytes }
  }
  try {
    run('fill')
    const pairs = []
    for (let round = 0; round < rounds; round += 1) {
      pairs.push({ bare: run('bare'), curve: run('curve') })
      const { bare, curve } = pairs.at(-1)
      console.error(
        `round ${round + 1}: bare ${shown(bare.product)}, curve ${shown(curve.decisions)}, joint null ${shown(curve.chance)}, ${curve.peakMegabytes.toFixed(0)} MB`,
      )
    }
    return rowsOf(pairs, { rounds, images, specifications, draws })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowsOf(pairs, { rounds, images, specifications, draws }) {
  const over = (of) => median(pairs.map(of))
  const times = over(({ bare, curve }) => curve.decisions.wall / bare.product.wall)
  const cpuTimes = over(({ bare, curve }) => curve.decisions.cpu / bare.product.cpu)
  const megabytes = Math.max(...pairs.map(({ curve }) => curve.peakMegabytes))
  const chance = over(({ curve }) => curve.chance.wall)
  const labels = `${specifications} specifications x ${images} images x 21 labels`
  return [
    {
      what: `decisions and counts of ${labels}, dimension 512, from stored vectors`,
      figure: `${times.toFixed(2)} times (${over(({ curve }) => curve.decisions.wall).toFixed(1)} s and ${over(({ bare }) => bare.product.wall).toFixed(1)} s), ${cpuTimes.toFixed(2)} times the CPU time; ${kept(times <= MOST_TIMES)}: at most ${MOST_TIMES} times`,
      against: `ONNX Runtime's product of the same matrices alone, same threads, in turns, ${rounds} rounds, medians`,
    },
    {
      what: 'the same, peak memory with the joint null',
      figure: `${megabytes.toFixed(0)} MB; ${kept(megabytes < MOST_MEGABYTES)}: under ${MOST_MEGABYTES} MB`,
      against: 'the whole process, highest of the rounds',
    },
    {
      what: `joint null of 4 groupings and 3 outcomes over all of them, ${draws} redistributions`,
      figure: `${(chance / over(({ curve }) => curve.decisions.wall)).toFixed(1)} times (${chance.toFixed(1)} s)`,
      against: 'the decisions and counts above',
    },
  ]
}

function kept(isKept) {
  return isKept ? 'kept' : '**missed**'
}

function shown({ wall, cpu }) {
  return `${wall.toFixed(2)} s (${cpu.toFixed(2)} CPU s)`
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      images: { type: 'string' },
      specifications: { type: 'string' },
      draws: { type: 'string' },
    },
  })
  const numbers = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]))
  console.log(toTable(await race(numbers)))
}
