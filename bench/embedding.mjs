// The race for embedding: Probity, bare ONNX Runtime and transformers.js over the same 256 drawn files and the same
// encoder, each in a process of its own, in turns. What counts is processor time and peak memory of the whole process.
// node bench/embedding.mjs [--rounds 3] [--images 256]
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { drawImages, imagesFolder } from './drawn-images.mjs'
import { PROBITY, isStarted, measureNode, median, toTable } from './race-tools.mjs'
import { buildVitFolder } from './vit-model.mjs'

const BATCH = 32
const SEED = 1
const ROUNDS = 3
const IMAGES = 256

// What the issue "Fast and large" asks for.
const LEAST_OF_BARE = 0.97 // images per CPU second, of the bare runtime's
const MOST_EXTRA_MEGABYTES = 120 // peak memory above the bare runtime's
const LEAST_OF_DEFAULT = 1.4 // transformers.js as it comes: its CPU time over ours
const LEAST_OF_BATCHED = 1.1 // transformers.js in batches: its CPU time over ours

/** Runs the race and returns the rows of RESULTS.md. Says on stderr how far it is. */
export async function race({ rounds = ROUNDS, images = IMAGES } = {}) {
  const model = await buildVitFolder()
  const drawn = await drawImages(imagesFolder(images), { count: images, seed: SEED })
  const contenders = contendersFor(model, drawn)
  const runs = new Map(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    // Every second round goes backwards, so that a machine that slows down favours nobody.
    for (const { name, run } of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const usage = run()
      runs.get(name).push(usage)
      console.error(`round ${round + 1}, ${name}: ${describe(usage)}`)
    }
  }
  return rowsOf(runs, images)
}

/** Who runs, in order. Each `run` starts one process and returns what it took. */
function contendersFor(model, drawn) {
  const counted = (args) => {
    const usage = measureNode(args)
    const { images } = JSON.parse(usage.output)
    if (images !== drawn.count) throw new Error(`${args[0]}: expected ${drawn.count} images but it embedded ${images}`)
    return usage
  }
  const bare = {
    name: 'bare',
    run: () => counted([script('bare-runtime.mjs'), model, String(drawn.count), String(BATCH)]),
  }
  const probity = { name: 'probity', run: () => embedWithProbity(model, drawn) }
  // Its scale is that of all images of a run, so Probity gives it one at a time; so does the bare runtime here.
  const bareInt8 = {
    name: 'bare-int8',
    run: () => counted([script('bare-runtime.mjs'), model, String(drawn.count), '1', 'vision_model_int8.onnx']),
  }
  const probityInt8 = {
    name: 'probity-int8',
    run: () => embedWithProbity(model, drawn, ['--dtype', 'vision=int8,text=fp32']),
  }
  const ours = [bare, probity, bareInt8, probityInt8]
  if (!existsSync(script('node_modules/@huggingface/transformers'))) {
    console.error('transformers.js is not installed, so it does not run: npm ci --ignore-scripts --prefix bench')
    return ours
  }
  const peer = (mode) => ({
    name: mode,
    run: () => counted([script('transformers-js.mjs'), model, drawn.images, mode]),
  })
  return [...ours, peer('default'), peer('batched')]
}

/** Probity's own command, with a store that is new each time: nothing was embedded before. */
function embedWithProbity(model, { images, labels }, more = []) {
  const store = mkdtempSync(join(tmpdir(), 'probity-store-'))
  const flags = ['--model', model, '--dataset', 'csv', '--labels', labels, '--images', images, '--batch', String(BATCH)]
  try {
    return measureNode([
      PROBITY,
      'embed',
      ...flags,
      '--map',
      'image=image',
      '--map',
      'group=group',
      '--store',
      store,
      ...more,
    ])
  } finally {
    rmSync(store, { recursive: true, force: true })
  }
}

function rowsOf(runs, images) {
  const ratio = (name, to, figure) =>
    median(runs.get(name).map((run, round) => figure(run) / figure(runs.get(to)[round])))
  const cpu = (run) => run.cpuSeconds
  const perSecond = (run) => images / run.cpuSeconds
  const middle = (name, figure) => median(runs.get(name).map(figure))
  const seconds = (name) => `${middle(name, cpu).toFixed(1)} CPU s`
  const times = (left, right) => `${seconds(left)} and ${seconds(right)}`

  const speed = ratio('probity', 'bare', perSecond)
  const int8 = ratio('probity-int8', 'bare-int8', perSecond)
  const extra = middle('probity', peak) - middle('bare', peak)
  const rounds = runs.get('bare').length
  const rows = [
    row(
      `\`probity embed\`, ${images} images, images per CPU second`,
      `${speed.toFixed(3)} times (${times('probity', 'bare')}); ${limit(speed >= LEAST_OF_BARE, `at least ${LEAST_OF_BARE}`)}`,
      `only ONNX Runtime on prepared pixels, ViT-B/32, batches of ${BATCH}, in turns, ${rounds} rounds, medians`,
    ),
    row(
      `the same with a dynamically quantised export (int8), one image at a time`,
      `${int8.toFixed(3)} times (${times('probity-int8', 'bare-int8')}); ${limit(int8 >= LEAST_OF_BARE, `at least ${LEAST_OF_BARE}`)}`,
      `only ONNX Runtime on prepared pixels, the same file, one image at a time`,
    ),
    row(
      '`probity embed`, peak memory',
      `${extra.toFixed(0)} MB more; ${limit(extra <= MOST_EXTRA_MEGABYTES, `at most ${MOST_EXTRA_MEGABYTES}`)}`,
      `the same, ${middle('bare', peak).toFixed(0)} MB`,
    ),
  ]
  for (const [mode, least, words] of [
    ['default', LEAST_OF_DEFAULT, 'one image a call, as it comes'],
    ['batched', LEAST_OF_BATCHED, `batches of ${BATCH}, put together by hand`],
  ]) {
    if (!runs.has(mode)) continue
    const slower = ratio(mode, 'probity', cpu)
    rows.push(
      row(
        `transformers.js, ${words}`,
        `${slower.toFixed(3)} times the CPU time (${times(mode, 'probity')}), ${middle(mode, peak).toFixed(0)} MB; ${limit(slower >= least, `at least ${least}`)}`,
        '`probity embed` over the same files',
      ),
    )
  }
  return rows
}

function row(what, figure, against) {
  return { what, figure, against }
}

function peak(run) {
  return run.peakMegabytes
}

function limit(isKept, words) {
  return `${isKept ? 'kept' : '**missed**'}: ${words}`
}

function describe({ cpuSeconds, peakMegabytes, wallSeconds }) {
  return `${cpuSeconds.toFixed(2)} CPU s, ${peakMegabytes.toFixed(0)} MB, ${wallSeconds.toFixed(1)} s`
}

function script(name) {
  return fileURLToPath(new URL(name, import.meta.url))
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' }, images: { type: 'string' } } })
  const rows = await race({ rounds: Number(values.rounds ?? ROUNDS), images: Number(values.images ?? IMAGES) })
  console.log(toTable(rows))
}
