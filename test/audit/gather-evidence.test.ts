import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import type { PlanFlags } from '../../src/audit/definitions/read-plan.js'
import { runAudit } from '../../src/audit/run-audit.js'
import type { Progress, Tools } from '../../src/audit/tools.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { writeDrawnRun, type DrawnRun } from '../support/drawn-run.js'
import { testFolder } from './dataset/helpers.js'
import { fakeVision, writeFakeModel } from './model/fake-model.js'

const IMAGES = 24
const folder = testFolder()
const at = (name: string): string => join(folder, name)
const said: Progress[] = []
const tools = { ...libraryTools({ threads: 1 }), onProgress: (progress: Progress) => void said.push(progress) }
let drawn: DrawnRun
let other: string

beforeAll(async () => {
  drawn = await writeDrawnRun(folder, IMAGES)
  other = writeFakeModel(at('other'), { 'onnx/vision_model.onnx': fakeVision({ weight: (index) => ((index * 53) % 17) - 8 }) }) // prettier-ignore
})

const run = (flags: PlanFlags, more: Partial<Tools> = {}, file?: string) => {
  const { labels, images, model } = drawn
  const own = { model: [model], dataset: 'csv', labels, images, map: ['race=race'], labelSet: ['clip-paper'] }
  return runAudit(readPlan({ file, flags: { ...own, ...flags }, cwd: folder }), { ...tools, ...more })
}

describe('the evidence of several models', () => {
  it('is that of each by itself, over the same images', async () => {
    const { audit, decisions } = await run({ model: [drawn.model, other] })
    const alone = [await run({}), await run({ model: [other] })]
    expect(audit.facts.evidence.map(({ id, model }) => [id, model])).toEqual([['e1', 'model'], ['e2', 'other']]) // prettier-ignore
    for (const [index, each] of alone.entries())
      expect(decisions[index].decisions[0].winner).toEqual(each.decisions[0].decisions[0].winner)
    expect(decisions[0].decisions[0].winner).not.toEqual(decisions[1].decisions[0].winner)
  })

  it('is refused before any image is read where one is a copy of another', async () => {
    writeFakeModel(at('copy'))
    said.length = 0
    await expect(run({ model: [drawn.model, other, at('copy')] })).rejects.toThrow(
      /copy: expected another model but received a folder with the same files as ".*model"\. Name each model once; a copy under another name decides alike/,
    )
    expect(said.filter(({ stage }) => stage === 'embedding')).toEqual([])
  })

  it('is refused where the files of a model were exchanged while another was at work', async () => {
    const changing = writeFakeModel(at('changing'))
    const vision = join(changing, 'onnx/vision_model.onnx')
    writeFileSync(vision, fakeVision({ weight: (index) => ((index * 29) % 13) - 6 }))
    const onProgress = (progress: Progress): void => {
      if (progress.stage === 'scoring') copyFileSync(join(drawn.model, 'onnx/vision_model.onnx'), vision)
    }
    await expect(run({ model: [other, changing] }, { onProgress })).rejects.toThrow(
      /changing: expected the files as they were when the run began but received others\. Run again; what was embedded is kept/,
    )
  })
})

describe('decisions that were made elsewhere, beside a model', () => {
  const decided = (name: string, label: (row: number) => string, header = 'image,label'): string => {
    const lines = Array.from({ length: IMAGES }, (_, row) => `${row}.png,${label(row)}`)
    writeFileSync(at(name), `${header}\n${lines.join('\n')}\n`)
    return name
  }

  it('have warnings that say whose they are, which those of a file alone need not', async () => {
    const file = decided('noted.csv', () => 'clip-paper,thief,by hand', 'image,labelSet,label,note')
    const messages = async (flags: PlanFlags) =>
      (await run(flags)).audit.facts.dataset.warnings.map(([code, , message]) => `${code}: ${message}`)
    const ignored = /^decisions\.column-ignored: (noted\.csv: )?.*note/
    expect((await messages({ fromDecisions: [file] })).map((message) => ignored.exec(message)?.[1])).toContain('noted.csv: ') // prettier-ignore
    const alone = await messages({ fromDecisions: [file], model: undefined, images: undefined })
    expect(alone.flatMap((message) => ignored.exec(message) ?? [])).toEqual([expect.any(String), undefined])
  })

  it('are refused where two files say the same', async () => {
    const first = decided('first.csv', (row) => (row % 2 === 0 ? 'thief' : 'animal'))
    mkdirSync(at('again'))
    writeFileSync(at('again/second.csv'), readFileSync(at(first)))
    await expect(run({ fromDecisions: [first, 'again/second.csv'] })).rejects.toThrow(
      /second\.csv: expected decisions of another model but received the same content as "first\.csv"\. Two models that decide alike/,
    )
  })
})

describe('images that classifiers are fitted to', () => {
  /** Labels of so many drawn images that are not audited. */
  async function training(name: string, column = 'race', count = 12): Promise<PlanFlags> {
    const { images, labels } = await writeDrawnRun(at(name), count, 7)
    writeFileSync(labels, readFileSync(labels, 'utf8').replace('image,race', `image,${column}`))
    // prefixed, so that no name is that of an audited image
    const rows = readFileSync(labels, 'utf8').replaceAll(/^(\d+)\.png/gm, 'train-$1.png')
    for (let row = 0; row < count; row++) copyFileSync(join(images, `${row}.png`), join(images, `train-${row}.png`))
    writeFileSync(labels, rows)
    return { train: labels, trainImages: images, probe: ['linear-probe'] }
  }

  it('are embedded after the audited ones, and progress says that it is these', async () => {
    said.length = 0
    const { audit } = await run(await training('train'))
    const embedding = said.filter((progress) => progress.stage === 'embedding')
    expect(embedding.map(({ isTraining = false, total }) => `${isTraining} ${total}`)).toEqual(
      expect.arrayContaining([`false ${IMAGES}`, 'true 12']),
    )
    expect(audit.facts.observations).toMatchObject([{ kind: 'linear-probe', attribute: 'race', train: { images: 12 } }])
  })

  it('are refused where their labels say nothing of what is fitted', async () => {
    const flags = await training('nothing', 'site')
    writeFileSync(at('site.yaml'), 'train: { map: { site: site } }\n')
    await expect(run(flags, {}, 'site.yaml')).rejects.toThrow(
      /nothing\/labels\.csv: expected a column for race, gender, age but received site/,
    )
  })

  it('are refused where one has the bytes of an audited image, under whatever name', async () => {
    const flags = await training('shared')
    copyFileSync(join(drawn.images, '3.png'), join(flags.trainImages ?? '', 'train-5.png'))
    await expect(run(flags)).rejects.toThrow(/train-5\.png|3\.png/)
  })
})
