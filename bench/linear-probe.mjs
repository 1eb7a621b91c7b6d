// What it costs to fit 18 classes to 10,000 vectors of 512 numbers, beside the bare products of one iteration in numpy, or in plain
// loops where there is no Python with it.
// node bench/linear-probe.mjs [--rounds 3]
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { isStarted, median, toTable } from './race-tools.mjs'

const ROUNDS = 3
const MOST_SECONDS = 60 // what the issue "Every probe of the paper" allows, on two cores
const [IMAGES, DIM, CLASSES] = [10_000, 512, 18]
const INVERSE_REGULARISATION = 0.316

/** Runs the race and returns the row of RESULTS.md. */
export async function race({ rounds = ROUNDS } = {}) {
  const { multinomialLogisticRegression } = await import('../dist/audit/statistics/multinomial-logistic-regression.js')
  const { createRandom } = await import('../dist/audit/statistics/random.js')
  const labelled = cone(createRandom(1, 'linear-probe-race'))
  const fits = []
  const bare = []
  let iterations = 0
  let peer = ''
  for (let round = 0; round < rounds; round += 1) {
    const { result, seconds } = timed(() =>
      multinomialLogisticRegression(labelled, { inverseRegularisation: INVERSE_REGULARISATION }),
    )
    if (!result.converged) throw new Error('the fit did not converge')
    fits.push(seconds)
    iterations = result.iterations
    const products = numpyProducts() ?? { peer: 'plain loops', seconds: timed(() => plainProducts(labelled)).seconds }
    peer = products.peer
    bare.push(products.seconds)
  }
  const each = median(fits) / iterations
  return [
    {
      what: `a linear probe: ${IMAGES} vectors x ${DIM}, ${CLASSES} classes, until the gradient is below 1e-4, ${iterations} iterations`,
      figure: `${(each / median(bare)).toFixed(1)} times an iteration (${each.toFixed(2)} CPU s and ${median(bare).toFixed(2)} CPU s); all of it ${median(fits).toFixed(1)} CPU s; ${median(fits) < MOST_SECONDS ? 'kept' : '**missed**'}: under ${MOST_SECONDS} s`,
      against: `the two products of one iteration alone, float64, ${peer}, in turns, ${rounds} rounds, medians`,
    },
  ]
}

/** Vectors as encoders make them: a shared direction, a few long axes and many short ones, classes that overlap. */
function cone(random) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
  const length = Array.from({ length: DIM }, (_, i) => 1 / Math.sqrt(1 + i))
  const shared = Array.from({ length: DIM }, () => 0.35 * normal())
  const means = Array.from({ length: CLASSES }, () => length.map((part) => 0.7 * part * normal()))
  const classOf = Int32Array.from({ length: IMAGES }, () => random.below(CLASSES))
  const vectors = Float32Array.from({ length: IMAGES * DIM }, (_, at) => {
    const i = at % DIM
    return shared[i] + means[classOf[Math.floor(at / DIM)]][i] + 3 * length[i] * normal()
  })
  return { vectors, dim: DIM, classOf, classes: CLASSES }
}

/** CPU seconds of the products in numpy, all its threads together; null without it. */
function numpyProducts() {
  const script = `
import numpy, time
x = numpy.random.default_rng(1).normal(size=(${IMAGES}, ${DIM})); w = numpy.ones((${CLASSES}, ${DIM})); r = x @ w.T; r.T @ x
t = time.process_time()
for _ in range(10): r = x @ w.T; r.T @ x
print((time.process_time() - t) / 10, numpy.__version__)`
  const { status, stdout } = spawnSync('python3', ['-c', script], { encoding: 'utf8' })
  if (status !== 0) return null
  const [seconds, version] = stdout.trim().split(' ')
  return { peer: `numpy ${version}`, seconds: Number(seconds) }
}

function plainProducts({ vectors }) {
  const sums = new Float64Array(CLASSES * DIM)
  for (let image = 0; image < IMAGES; image += 1) {
    for (let k = 0; k < CLASSES; k += 1) {
      let score = 0
      for (let i = 0; i < DIM; i += 1) score += vectors[image * DIM + i] * 0.5
      for (let i = 0; i < DIM; i += 1) sums[k * DIM + i] += score * vectors[image * DIM + i]
    }
  }
  return sums
}

/** CPU seconds of this process: one thread does all of it, and other work on the machine changes them little. */
function timed(work) {
  const start = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(start)
  return { result, seconds: (user + system) / 1e6 }
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' } } })
  console.log(toTable(await race(values.rounds === undefined ? {} : { rounds: Number(values.rounds) })))
}
