import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCurvePlan, type CurveFlags } from '../../../src/audit/definitions/read-curve-plan.js'
import { shippedIds } from '../../../src/audit/definitions/locate.js'
import { readGrid } from '../../../src/audit/definitions/shipped.js'
import { temporaryFolder } from '../../e2e/run-cli.js'
import { refusalOf } from './refusal-of.js'

const cwd = temporaryFolder()
for (const folder of ['images', 'model', 'other']) mkdirSync(join(cwd, folder))
writeFileSync(join(cwd, 'labels.csv'), 'x')

const [GRID] = shippedIds('grids')
const FLAGS: CurveFlags = { model: ['model'], dataset: 'fairface', labels: 'labels.csv', images: 'images' }
const read = (flags: CurveFlags, grid = GRID) => readCurvePlan({ grid, flags, cwd })

describe('the plan of a specification curve', () => {
  it('has seed and draws of the grid where no flag says otherwise', () => {
    const grid = readGrid(GRID)
    const own = { seed: grid.seed, draws: grid.draws, resize: 'exact', out: join(cwd, 'probity-curve') }
    expect(read(FLAGS)).toMatchObject({ ...own, grid, models: [join(cwd, 'model')] })
  })

  it('has those of the flags, and the folder that is named', () => {
    const flags = { ...FLAGS, seed: '5', draws: '999', resize: 'fast', out: 'drawn' }
    expect(read(flags)).toMatchObject({ seed: 5, draws: 999, resize: 'fast', out: join(cwd, 'drawn') })
  })

  it.each(['1', '99999999', 'many', '1e3', '-99'])('refuses %s draws', (draws) => {
    const refusal = refusalOf(() => read({ ...FLAGS, draws }))
    expect(refusal).toMatch(/^command line: --draws: expected a whole number from \d+ to \d+ but received "/)
    expect(refusal).toContain(`"${draws}"`)
  })

  it('says every fault at once: a second model, a missing label file, an unknown grid', () => {
    const refusal = refusalOf(() => read({ ...FLAGS, model: ['model', 'other'], labels: 'gone.csv' }, `${GRID}x`))
    expect(refusal).toContain('command line: --model: expected one model but received 2 models. Draw the curve of each model in a run of its own') // prettier-ignore
    expect(refusal).toContain('--labels: expected a file but received "gone.csv", where nothing is')
    expect(refusal).toContain(`Did you mean "${GRID}"?`)
  })

  it('asks for a model and a dataset', () => {
    const refusal = refusalOf(() => read({}))
    expect(refusal).toContain('--model')
    expect(refusal).toContain('--dataset')
  })
})
