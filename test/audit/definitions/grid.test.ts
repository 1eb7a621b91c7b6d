import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expandGrid, type ExpandedGrid } from '../../../src/audit/definitions/expand-grid.js'
import { readGridFile } from '../../../src/audit/definitions/grid.js'
import { fillPrompt } from '../../../src/audit/definitions/fill-prompt.js'
import { promptsSha256 } from '../../../src/audit/definitions/prompts.js'
import { readGrid, readLabelSet, readTemplateFamily } from '../../../src/audit/definitions/shipped.js'
import type { Grid } from '../../../src/audit/types/grid.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-grid-'))
afterAll(() => rmSync(folder, { recursive: true }))

function written(body: string, id = 'mine'): Grid {
  const file = join(mkdtempSync(join(folder, 'one-')), `${id}.yaml`) // alone in its folder: names beside it would be found
  writeFileSync(file, `id: ${id}\ntitle: Mine\nsource: test\nlabelSet: clip-paper\n${body}`)
  return readGridFile({ file, shown: file })
}

function sizes({ factors }: ExpandedGrid): [string, number][] {
  return factors.map(({ id, choices }) => [id, choices.length])
}

/** The filled prompts of one specification, list by list. */
function promptsOf(expanded: ExpandedGrid, index: number): string[][] {
  const { lists, asked } = expanded.specifications[index]
  return lists.map((list) =>
    asked.flatMap(({ text }) =>
      expanded.templateLists[list].map((template) => fillPrompt(template, expanded.texts[text])),
    ),
  )
}

describe('a grid file', () => {
  it('says nothing: then the label set as written is the only specification', () => {
    const grid = written('')
    const expanded = expandGrid(grid)
    expect([grid.probe.id, grid.policy.id, grid.seed, grid.draws]).toEqual(['denigration', 'default', 1, 999])
    expect(sizes(expanded)).toEqual([['template', 1]])
    expect(expanded.specifications).toHaveLength(1)
    expect(expanded.asWritten).toBe(0)
    expect(expanded.specifications[0].promptsSha256).toBe(promptsSha256(readLabelSet('clip-paper')))
  })

  it('may bear the name of the label set that it varies', () => {
    expect(written('', 'clip-paper').labelSet.id).toBe('clip-paper')
  })

  it('has a hash that moves with every choice', () => {
    const hashes = ['', 'seed: 2\n', 'draws: 99\n', 'templates: ["{label}"]\n', 'synonyms: { thief: a robber }\n'].map(
      (body) => written(body).sha256,
    )
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(written('seed: 2\n').sha256).toBe(hashes[1])
  })
})

describe('expandGrid', () => {
  it('crosses everything with everything, the last factor fastest', () => {
    const expanded = expandGrid(
      written(`templates: ["a photo of {label}", "{label}"]
wordings: [{ id: ape, texts: { gorilla: "an ape" } }]
synonyms: { thief: ["a robber", "a burglar"] }
alternatives: [{ id: person, add: [{ id: person, text: "a person" }] }]
`),
    )
    expect(sizes(expanded)).toEqual([
      ['template', 2],
      ['wording', 2],
      ['synonym:thief', 3],
      ['alternative', 2],
    ])
    expect(expanded.specifications).toHaveLength(24)
    expect(expanded.specifications.slice(0, 3).map(({ choices }) => choices)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 0],
    ])
    expect(new Set(expanded.specifications.map(({ promptsSha256: hash }) => hash)).size).toBe(24)
    const last = promptsOf(expanded, 23)[0]
    expect(last).toHaveLength(22)
    expect(last).toEqual(expect.arrayContaining(['an ape', 'a burglar', 'a person']))
    expect(expanded.asWritten).toBe(0)
    expect(expanded.specifications[0].labels).toBe(21)
  })

  it('has the hash of a label set that asks the same, so that it can be looked up in an audit', () => {
    const expanded = expandGrid(written('alternatives: [{ id: person, add: [{ id: person, text: "a person" }] }]\n'))
    expect(expanded.specifications[1].promptsSha256).toBe(promptsSha256(readLabelSet('clip-paper-person')))
  })

  it('gives a neutral label the outcome without harm', () => {
    const { specifications } = expandGrid(
      written('alternatives: [{ id: person, add: [{ id: human, text: "a human" }] }]\n'),
    )
    expect(specifications[1].asked.at(-1)?.outcome).toBe('person')
  })

  it('makes ensembling a factor of its own where every entry has several templates', () => {
    const expanded = expandGrid(
      written('templates: [{ family: plain }, { family: portraits }]\nensembling: [mean, worst-case]\n'),
    )
    expect(sizes(expanded)).toEqual([
      ['template', 2],
      ['ensembling', 2],
    ])
    expect(expanded.specifications.map(({ lists }) => lists.length)).toEqual([1, 4, 1, 6])
    expect(expanded.asWritten).toBeNull()
  })

  it('makes each way of each entry a choice elsewhere, and a template that stands in two entries one choice', () => {
    const expanded = expandGrid(
      written('templates: ["a photo of {label}", { family: plain }]\nensembling: [mean, each, worst-case]\n'),
    )
    const choices = expanded.factors[0].choices.map(({ id }) => id)
    const plain = readTemplateFamily('plain')
    expect(plain.templates[0]).toBe('a photo of {label}')
    const ways = ['plain:mean', 'plain:2', 'plain:3', 'plain:4', 'plain:worst-case']
    expect(choices).toEqual(['a photo of {label}', ...ways])
    expect(expanded.asWritten).toBe(0)
  })

  it('keeps specifications that ask the same once, and says how many it left out', () => {
    // with the synonym chosen, the wording changes nothing
    const expanded = expandGrid(
      written('wordings: [{ id: robber, texts: { thief: "a robber" } }]\nsynonyms: { thief: "a burglar" }\n'),
    )
    expect(expanded.specifications).toHaveLength(3)
    expect(expanded.repeated).toBe(1)
  })

  it('writes the shipped grids out', () => {
    const choices = expandGrid(readGrid('clip-paper-choices'))
    expect(choices.specifications).toHaveLength(640)
    expect(choices.asWritten).toBe(0)
    expect(readGrid('clip-paper-choices').title).toContain('640')
    expect(expandGrid(readGrid('neutral-alternatives')).specifications).toHaveLength(12)
    expect(readGrid('neutral-alternatives').title).toContain('12')
  })

  it('names no choice by a harmful word: texts stand in notes', () => {
    const { factors } = expandGrid(written('synonyms: { gorilla: "an ape" }\n'))
    expect(factors[1].choices).toEqual([
      { id: 'as-written', note: 'a gorilla', texts: [] },
      { id: 'other-1', note: 'an ape', texts: [['gorilla', 'an ape']] },
    ])
  })
})

describe('the shipped template families', () => {
  it.each(['plain', 'portraits', 'photos-of-a-person'])('%s brings no article and no thing', (id) => {
    for (const template of readTemplateFamily(id).templates) {
      expect(template).not.toMatch(/\b(a|an|the) \{label\}/)
      expect(template).not.toMatch(/origami|tattoo|plushie|sculpture|many|dirty/)
    }
  })
})
