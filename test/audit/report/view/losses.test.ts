import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { localeContents, localeSources, readLocale } from '../../../../src/audit/report/locale.js'
import { renderHtml } from '../../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../../../src/audit/report/render-terminal.js'
import { toView } from '../../../../src/audit/report/to-view.js'
import { auditOf, type Block } from '../../../support/facts.js'

const RACES = ['Amber', 'Teal', 'Ochre', 'Slate', 'Olive', 'Umber', 'Coral', 'Ivory']

/** As many images of each of eight groups; of each group, as many are spoiled as are named. */
function spoiled(lost: Readonly<Record<string, number>>, images = 300) {
  const blocks = RACES.flatMap((race): Block[] => {
    const away = lost[race] ?? 0
    const kept: Block = { of: [race], images: images - away, label: 'man' }
    return away === 0 ? [kept] : [kept, { of: [race], images: away, fate: 'unreadable' }]
  })
  return auditOf({ attributes: [{ name: 'race', values: RACES, labelledBy: 'annotator' }], blocks })
}

const audit = spoiled({ Amber: 40, Teal: 2 })
const [html, markdown, terminal] = [renderHtml(audit), renderMarkdown(audit), renderTerminalSummary(audit)]
const firstPage = html.slice(html.indexOf('id="decision"'), html.indexOf('id="asked"'))

describe('a report where the images of one group were lost', () => {
  const whose = 'race Amber: 40 of 300 images could not be read; everyone else: 2 of 2,100.'
  const meaning = 'Images of this group are missing, so its rates may be too low or too high.'
  const next = 'Mend the images that quarantine.csv names, then run again.'

  it.each([
    ['the first page of HTML', firstPage],
    ['Markdown', markdown.slice(0, markdown.indexOf('## System and use'))],
    ['the terminal', terminal.replace(/\s+/g, ' ')],
  ])('says whose, how many, what that means and what to do in %s', (_, text) => {
    for (const sentence of [whose, meaning, next]) expect(text).toContain(sentence)
  })

  it('keeps the summary within 150 words', () => {
    expect(toView(audit).front.summary.join(' ').split(/\s+/).length).toBeLessThanOrEqual(150)
  })

  it('names the worst two of several groups and counts the others', () => {
    const { text } = toView(spoiled({ Amber: 130, Teal: 150, Ochre: 140 })).front.gate
    expect(text).toContain(
      'race Teal: 150 of 300 images could not be read; everyone else: 270 of 2,100. race Ochre: 140',
    )
    expect(text).toContain(
      '280 of 2,100. 1 more such comparison stands under “The data”. Images of these groups are missing',
    )
    expect(text).not.toContain('Amber')
  })

  it('names no group that only lost fewer than the spoiled one', () => {
    const many = spoiled({ Amber: 150 })
    const lower = many.derived.findings.filter(({ message }) => message.id === 'disparity.lower')
    expect(lower.length).toBeGreaterThan(0)
    expect(toView(many).front.gate.text.match(/could not be read; /g)).toHaveLength(1)
    expect(toView(many).front.gate.text).not.toContain('more such comparison')
  })

  it('says it in Korean, too', () => {
    const { text } = toView(audit, readLocale('ko')).front.gate
    expect(text).toContain('이미지 300장 중 40장')
    expect(text).toContain('quarantine.csv 파일에 적힌 이미지를 고친 다음')
  })

  it('puts “for reading only” above the tiles, and takes their colour away', () => {
    expect(firstPage.indexOf('For reading only')).toBeLessThan(firstPage.indexOf('class="counts counts-muted"'))
    expect(firstPage).toContain('counts-muted')
    expect(terminal.indexOf('For reading only')).toBeLessThan(terminal.indexOf('Disparity, higher (put'))
    expect(renderHtml(spoiled({ Amber: 1 }))).not.toContain('class="counts counts-muted"')
  })

  it('grades no failure to process by a severity', () => {
    const graded = audit.derived.findings.filter(({ severity }) => severity !== null)
    expect(graded.length).toBeGreaterThan(0) // the figure stays in audit.json
    const table = html.slice(html.indexOf('id="composition-0"'), html.indexOf('id="codes-c"'))
    expect(table).toContain('Disparity, higher')
    expect(table).not.toContain('class="sev')
    expect(`${terminal}${markdown}`).not.toMatch(/Disparity, higher \(\w+\)(\. Difference|;|,? none)/)
    expect(terminal.replace(/\s+/g, ' ')).toContain('Amber 40 of 300, Disparity, higher; Teal')
  })

  it('asks for no more images where files should be mended', () => {
    const few = toView(spoiled({ Amber: 2 }, 60))
    const notes = few.data.composition.flatMap(({ rows }) => rows.map(({ note }) => note)).join(' ')
    expect(notes).toContain('The intervals are too wide to tell.')
    expect(notes).not.toMatch(/would probably be enough|times the images/)
  })

  it('counts the codes with their meaning, and names the file that lists the images', () => {
    for (const text of [html, markdown]) {
      expect(text).toContain('42 of 2,400')
      expect(text).toContain(readLocale('en').text(`quarantine.codes.${codeOf()}.what`))
      expect(text).toContain('The file quarantine.csv')
    }
    expect(terminal).toContain(`Could not be read, by code: ${codeOf()} 42.`)
  })
})

function codeOf(): string {
  const [code] = audit.facts.dataset.cells.flatMap(({ quarantined }) => quarantined.map(([name]) => name))
  return code ?? ''
}

describe('the words of quarantine codes', () => {
  const page = readFileSync(new URL('../../../../docs/bad-inputs.md', import.meta.url), 'utf8')
  const rows = [...page.slice(page.indexOf('## Quarantine codes'), page.indexOf('## Notes on')).matchAll(/^\| (`.*) \| (.*) \| (.*) \|$/gm)] // prettier-ignore
  const documented = rows.flatMap(([, codes = '', what = '', todo = '']) =>
    [...codes.matchAll(/`([^`]+)`/g)].map(([, code = '']) =>
      [code, what, todo].map((text) => text.replaceAll('`', '')),
    ),
  )

  it('are those of docs/bad-inputs.md', () => {
    const { text } = readLocale('en')
    const printed = documented.map(([code = '']) => [code, text(`quarantine.codes.${code}.what`), text(`quarantine.codes.${code}.do`)]) // prettier-ignore
    expect(documented.length).toBeGreaterThan(30)
    expect(printed).toEqual(documented)
    const known = [...localeContents('en', ...localeSources('en')).texts.keys()].filter((key) => /^quarantine\.codes\..*\.what$/.test(key)) // prettier-ignore
    expect(known).toHaveLength(documented.length)
  })

  it('say so of a code that nobody knows', () => {
    const [cell, ...cells] = audit.facts.dataset.cells
    if (cell === undefined) throw new Error('the audit has no cell')
    const strange = { ...cell, quarantined: [['image.of-later', 3]] as const }
    const facts = { ...audit.facts, dataset: { ...audit.facts.dataset, cells: [strange, ...cells] } }
    expect(toView({ ...audit, facts }).data.codes.find(({ code }) => code === 'image.of-later')?.what).toContain(
      'does not know',
    )
  })
})
