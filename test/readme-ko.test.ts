import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const ENGLISH = read('README.md')
const KOREAN = read('README.ko.md')

/** Fenced blocks with their language, in order. */
function codeBlocks(text: string): string[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, code]) => `${language ?? ''}\n${code ?? ''}`)
}

/** What links and pictures lead to, in alphabetical order: a sentence of another language may turn them round. */
function targets(text: string): string[] {
  return [...text.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^README/.test(target))
    .sort()
}

/** Commands, files and flags inside sentences. */
function inlineCode(text: string): string[] {
  const prose = text.replace(/^```\w+\n[^]*?^```$/gm, '')
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => (code ?? '').replace(/\s+/g, ' ')).sort()
}

function shape(text: string): string[] {
  const lines = text.replace(/^```\w+\n[^]*?^```$/gm, '').split('\n')
  return lines.flatMap((line) => {
    if (/^#+ /.test(line)) return [line.replace(/ .*/, '')]
    if (line.startsWith('|')) return [`row of ${line.split(/(?<!\\)\|/).length - 2} cells`]
    return /^(- |\d+\. )/.test(line) ? ['entry'] : []
  })
}

describe('the Korean README', () => {
  it('has the commands and examples of the English one, in the same order', () => {
    expect(codeBlocks(KOREAN)).toEqual(codeBlocks(ENGLISH))
    expect(codeBlocks(KOREAN).length).toBeGreaterThan(5)
  })

  it('has the same links and pictures', () => {
    expect(targets(KOREAN)).toEqual(targets(ENGLISH))
  })

  it('names the same commands, files and flags in its sentences', () => {
    expect(inlineCode(KOREAN)).toEqual(inlineCode(ENGLISH))
  })

  it('has the same headings, lists and tables, in the same order', () => {
    expect(shape(KOREAN)).toEqual(shape(ENGLISH))
  })

  it('is linked from the English one, and links back', () => {
    expect(ENGLISH).toContain('](README.ko.md)')
    expect(KOREAN).toContain('](README.md)')
  })
})
