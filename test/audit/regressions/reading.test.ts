import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import { promptsOf } from '../../../src/audit/definitions/prompts.js'
import { readPlan } from '../../../src/audit/definitions/read-plan.js'
import { readLabelSet } from '../../../src/audit/definitions/shipped.js'
import { embedPrompts } from '../../../src/audit/embedding/embed-prompts.js'
import type { TextSide } from '../../../src/audit/embedding/open-encoder.js'
import { toxicOutcomes } from '../../../src/audit/measures/datacomp/toxic-lines.js'
import { groupCells } from '../../../src/audit/measures/group-cells.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { crossRows } from '../../../src/audit/scoring/cells.js'
import { memorySpace } from '../../../src/audit/store/memory-space.js'
import type { DatasetPlan, LabelSet, Plan } from '../../../src/audit/types/definitions.js'
import { auditOf, raceScene } from '../../support/facts.js'

// What other tools get wrong, by the numbers of measures.md, part C: what is read from files, and what is sent to a model.

const folder = mkdtempSync(join(tmpdir(), 'probity-regressions-'))
beforeAll(() => ['labels.csv', 'decisions.csv'].forEach((file) => write(file, 'x')))
afterAll(() => rmSync(folder, { recursive: true }))

describe('what others get wrong in reading', () => {
  it('measures.md C2: the places of DataComp’s toxic list are refused for a list of 17, with the count', () => {
    const lines = Array.from({ length: 21 }, (_, place) => `line ${place}`)
    expect(() => toxicOutcomes(lines.slice(0, 17))).toThrow(/exactly 21 lines of toxic but received 17$/)
    expect(toxicOutcomes(lines)).toHaveLength(21)
  })

  it('measures.md C8: 8 labels with 1 template are 8 prompts, sent, printed and hashed as such', async () => {
    const texts = ['a man', 'a woman', 'a boy', 'a girl', 'an ape', 'a dog', 'a thief', 'a liar']
    const labelSet = labelSetOf('eight', texts)
    const prompts = texts.map((text) => `a photo of ${text}`)
    expect(await sentPrompts(labelSet)).toEqual(prompts)
    const [facts] = auditOf(raceScene([['A', 5, 40]], { labelSets: [withManAndThief(labelSet)] })).facts.labelSets
    expect(promptsOf(facts).map(({ prompt }) => prompt)).toEqual(prompts)
    const lines = prompts.map((prompt) => `${prompt}\n`).join('')
    expect(facts.promptsSha256).toBe(createHash('sha256').update(lines, 'utf8').digest('hex'))
  })

  it.each([
    ['templates: ["a drawing of {label}"]\n', /^audit\.yaml:5: expected a known key .* but received "templates"/],
    ['  templates: ["a drawing of {label}"]\n', /^audit\.yaml:5: .*expected a known key .* but received "templates"/],
  ])('measures.md C15: templates outside a label set are refused, never passed over: %j', (line, message) => {
    expect(() => planOf(line)).toThrow(message)
  })

  it('measures.md C15: the templates that a label set of the plan names win over those it inherits, and are printed', () => {
    labelSetOf('inherited', ['a man', 'a thief'])
    write('named.yaml', 'id: named\nextends: inherited\ntemplates: ["a drawing of {label}", "{label}"]\n')
    const { labelSets } = planOf('labelSets: [./named.yaml]\n')
    expect(labelSets[0].templates).toEqual(['a drawing of {label}', '{label}'])
    const audit = auditOf(raceScene([['A', 5, 40]], { labelSets: [withManAndThief(labelSets[0])] }))
    expect(audit.facts.labelSets[0].templates).toEqual(['a drawing of {label}', '{label}'])
    const html = renderHtml(audit)
    expect(html).toContain('<code>a drawing of {label}</code>')
    expect(html).not.toContain('a photo of {label}')
  })

  it('measures.md C21: nothing is read from a file name: without its race, a UTKFace row is of unknown race and compared with nobody', async () => {
    const names = ['39_1_20170116174525125', '61_1_20170109150557335', '61_1_20170109142408075']
    const rows = names.map((name) => `${name}.jpg.chip.jpg,1,\n`).join('')
    const labels = write('utkface.csv', `file,gender,race\n26_0_2_20170104023102422.jpg.chip.jpg,0,2\n${rows}`)
    const dataset = await readDataset(datasetPlan(labels))
    const [race] = dataset.attributes
    expect([...race.codes].map((code) => race.values[code])).toEqual(['2', 'unknown', 'unknown', 'unknown'])
    const { groups, comparable } = groupCells(crossRows(dataset, ['race']).groups, ['race'], new Map([['race', race.values]]), []) // prettier-ignore
    expect(groups.map(([[, value]], index) => [value, comparable[index]])).toEqual([['2', true], ['unknown', false]]) // prettier-ignore
  })

  it('measures.md C21: a row that was "repaired" with another race than before is refused', async () => {
    const name = '39_1_20170116174525125.jpg.chip.jpg'
    const labels = write('repaired.csv', `file,gender,race\n${name},1,0\n${name},1,3\n`)
    await expect(readDataset(datasetPlan(labels))).rejects.toThrow(/:3: race: expected "0" for .* but received "3"/)
  })

  it('measures.md C25: what a label says stands in the prompt word for word', async () => {
    const texts = ['a $& man', 'a {} woman', "$1 $$ $` $'", '{label}', '%s {0} \\n']
    expect(await sentPrompts(labelSetOf('verbatim', texts))).toEqual(texts.map((text) => `a photo of ${text}`))
  })
})

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** A label set as its file would be read: one template, and each text a label. */
function labelSetOf(id: string, texts: readonly string[]): LabelSet {
  const labels = texts.map((text, index) => `  - { id: l${index}, text: ${JSON.stringify(text)}, outcome: person }\n`)
  write(
    `${id}.yaml`,
    `id: ${id}\ntitle: x\nsource: y\ntemplates: ["a photo of {label}"]\noutcomes: { person: { harm: none } }\nlabels:\n${labels.join('')}`,
  )
  return readLabelSet(`./${id}.yaml`, folder)
}

/** The same label set with the two ids that the scenes of the tests decide for. */
function withManAndThief(labelSet: LabelSet): LabelSet {
  const ids = ['man', 'thief']
  return { ...labelSet, labels: labelSet.labels.map((label, index) => ({ ...label, id: ids[index] ?? label.id })) }
}

/** The prompts that reach the text encoder, in order. */
async function sentPrompts(labelSet: LabelSet): Promise<readonly string[]> {
  const sent: string[] = []
  const texts: TextSide['texts'] = {
    tried: { fixedBatch: null, fixedLength: null },
    embeddedWith: { threads: 1, batch: 1, onnxruntime: '1.0.0' },
    contextLength: 77,
    padId: 0,
    tokenise: (text) => ({ ids: [...Buffer.from(text)], length: 1, fits: true, contextLength: 77, fragments: 0 }),
    embedTexts: (asked) => {
      sent.push(...asked)
      return Promise.resolve(new Float32Array(asked.length * 2).fill(1))
    },
    signature: () => Promise.reject(new Error('nobody asks')),
    close: () => Promise.resolve(),
  }
  const prompts = promptsOf(labelSet).map(({ prompt }) => prompt)
  await embedPrompts(labelSet, prompts, { texts, space: memorySpace({}, 2) })
  return sent
}

function planOf(more: string): Plan {
  write('audit.yaml', `fromDecisions: decisions.csv\ndataset:\n  format: fairface\n  labels: labels.csv\n${more}`)
  return readPlan({ file: 'audit.yaml', flags: {}, cwd: folder })
}

function datasetPlan(labels: string): DatasetPlan {
  return {
    format: 'csv',
    id: 'utkface',
    labels,
    images: null,
    crop: null,
    map: [{ attribute: 'race', column: 'race' }],
    where: [],
    unknownValues: 'refuse',
    followOutside: false,
    licence: null,
    simulated: false,
  }
}
