import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { promptsOf } from '../../../src/audit/definitions/prompts.js'
import { readLabelSet } from '../../../src/audit/definitions/shipped.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-label-sets-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(id: string, text: string): LabelSet {
  writeFileSync(join(folder, `${id}.yaml`), `id: ${id}\n${text}`)
  return readLabelSet(`./${id}.yaml`, folder)
}

const BASE = `title: Base
source: Drawn up for this test
templates: ["a photo of {label}", "{label}"]
outcomes: { person: { harm: none }, crime: { harm: denigration } }
labels:
  - { id: man, text: "a man", outcome: person, implies: { gender: Male, age: [20-29, 30-39] } }
  - { id: woman, text: "a woman", outcome: person }
  - { id: thief, text: "a thief", outcome: crime }
`

describe('a label set', () => {
  it('is read with everything it says', () => {
    const { sha256, ...labelSet } = read('base', BASE)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(labelSet).toEqual({
      id: 'base',
      title: 'Base',
      source: 'Drawn up for this test',
      templates: ['a photo of {label}', '{label}'],
      outcomes: [
        { id: 'person', harm: 'none' },
        { id: 'crime', harm: 'denigration' },
      ],
      labels: [
        {
          id: 'man',
          text: 'a man',
          outcome: 'person',
          implies: [
            { attribute: 'gender', values: ['Male'] },
            { attribute: 'age', values: ['20-29', '30-39'] },
          ],
        },
        { id: 'woman', text: 'a woman', outcome: 'person', implies: [] },
        { id: 'thief', text: 'a thief', outcome: 'crime', implies: [] },
      ],
    })
  })

  it('keeps texts word for word, whatever characters they hold', () => {
    const labels = ['"$& {} {label}"', '"  spaced  "', '"=1+1"', '"<b>"', '"한국 사람"', '"👩🏾‍⚕️"', '012', 'no']
    const lines = labels.map((text, index) => `  - { id: l${index}, text: ${text}, outcome: person }\n`).join('')
    const texts = read(
      'verbatim',
      BASE.replace(/labels:[^]*/, () => `labels:\n${lines}`).replace(', crime: { harm: denigration }', ''),
    )
    expect(texts.labels.map(({ text }) => text)).toEqual([
      '$& {} {label}',
      '  spaced  ',
      '=1+1',
      '<b>',
      '한국 사람',
      '👩🏾‍⚕️',
      '012',
      'no',
    ])
    expect(promptsOf(texts)[0]?.prompt).toBe('a photo of $& {} {label}')
  })

  it('may call labels, outcomes, attributes and values __proto__ or constructor', () => {
    const text = `title: x
source: y
templates: ["{label}"]
outcomes: { __proto__: { harm: none }, constructor: { harm: denigration } }
labels:
  - { id: __proto__, text: __proto__, outcome: __proto__, implies: { __proto__: [constructor] } }
  - { id: constructor, text: constructor, outcome: constructor }
`
    const labelSet = read('words-of-javascript', text)
    expect(labelSet.outcomes.map(({ id }) => id)).toEqual(['__proto__', 'constructor'])
    expect(labelSet.labels[0]?.implies).toEqual([{ attribute: '__proto__', values: ['constructor'] }])
  })

  it('has a hash that moves with its content and not with its comments or key order', () => {
    const { sha256 } = read('base', BASE)
    expect(read('base', `# a comment\n${BASE}`).sha256).toBe(sha256)
    expect(read('base', BASE.replace('id: thief, text: "a thief"', 'text: "a thief", id: thief')).sha256).toBe(sha256)
    for (const [from, to] of [
      ['"a thief"', '"a Thief"'],
      ['harm: denigration', 'harm: stereotyping'],
      ['"{label}"', '"{label}."'],
      ['gender: Male', 'gender: Female'],
      ['title: Base', 'title: Bass'],
    ] as const)
      expect(read('base', BASE.replace(from, to)).sha256).not.toBe(sha256)
  })
})

describe('a label set that extends another', () => {
  it('adds its labels after those it inherits and inherits the rest', () => {
    const base = read('base', BASE)
    const child = read('base-child', 'extends: base\nadd: [{ id: child, text: "a child", outcome: person }]\n')
    expect(child.labels.map(({ id }) => id)).toEqual(['man', 'woman', 'thief', 'child'])
    expect([child.templates, child.outcomes, child.source]).toEqual([base.templates, base.outcomes, base.source])
    expect(child.title).toBe('Base (changed: base-child)')
  })

  it('leaves out the labels it removes, and an inherited outcome category that no label has any more', () => {
    read('base', BASE)
    const harmless = read('harmless', 'extends: base\nremove: [thief]\n')
    expect(harmless.labels.map(({ id }) => id)).toEqual(['man', 'woman'])
    expect(harmless.outcomes).toEqual([{ id: 'person', harm: 'none' }])
  })

  it('may replace a label, declare an outcome category and reword the templates', () => {
    read('base', BASE)
    const other = read(
      'other',
      `extends: ./base.yaml
title: Other
templates: ["a drawing of {label}"]
outcomes: { animal: { harm: denigration }, crime: { harm: stereotyping } }
remove: [thief]
add: [{ id: thief, text: "a burglar", outcome: crime }, { id: ape, text: "an ape", outcome: animal }]
`,
    )
    expect(other.labels.map(({ text }) => text)).toEqual(['a man', 'a woman', 'a burglar', 'an ape'])
    expect(other.outcomes).toEqual([
      { id: 'person', harm: 'none' },
      { id: 'crime', harm: 'stereotyping' },
      { id: 'animal', harm: 'denigration' },
    ])
    expect([other.title, ...other.templates]).toEqual(['Other', 'a drawing of {label}'])
  })

  it('may extend one that extends another', () => {
    read('base', BASE)
    read('second', 'extends: base\nadd: [{ id: child, text: "a child", outcome: person }]\n')
    const third = read('third', 'extends: second\nremove: [man]\n')
    expect(third.labels.map(({ id }) => id)).toEqual(['woman', 'thief', 'child'])
  })

  it('may extend a shipped label set', () => {
    const fewer = read('fewer', 'extends: clip-paper\nremove: [gorilla]\n')
    expect(fewer.labels).toHaveLength(20)
  })

  it('is refused where the fault is: in the file that it extends', () => {
    read('base', BASE)
    writeFileSync(join(folder, 'broken.yaml'), `id: broken\n${BASE.replace('outcome: crime', 'outcome: crimes')}`)
    expect(() => read('on-broken', 'extends: broken\nremove: [man]\n')).toThrow(
      /^broken\.yaml:9: labels\[2\]\.outcome: /,
    )
  })

  it('is refused in a chain of more than 20', () => {
    read('step-0', BASE)
    for (let step = 1; step <= 19; step++)
      read(`step-${step}`, `extends: step-${step - 1}\nadd: [{ id: l${step}, text: "l ${step}", outcome: person }]\n`)
    expect(() => read('step-20', 'extends: step-19\nremove: [l1]\n')).toThrow(
      /^step-1\.yaml:2: extends: expected a chain of at most 20 label sets but received step-20 -> step-19 -> .* -> step-1 -> step-0$/,
    )
  })
})
