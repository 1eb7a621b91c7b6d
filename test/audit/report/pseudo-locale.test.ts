import { describe, expect, it } from 'vitest'
import { renderCalibrationHtml } from '../../../src/audit/report/render-calibration-html.js'
import { renderCalibrationTerminal } from '../../../src/audit/report/render-calibration-terminal.js'
import { renderCurveHtml } from '../../../src/audit/report/render-curve-html.js'
import { renderCurveMarkdown } from '../../../src/audit/report/render-curve-markdown.js'
import { renderCurveTerminal } from '../../../src/audit/report/render-curve-terminal.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { auditOf } from '../../support/facts.js'
import { SCENE } from '../../golden/scene.js'
import { exampleAudit } from './example-audit.js'
import { exampleCalibration } from './example-calibration.js'
import { exampleCurve } from './example-curve.js'
import { designsAudit } from './example-designs.js'
import { auditWithTables } from './example-tables.js'
import { outsideBrackets, pseudoLocale, wordsOfPage } from './pseudo-locale.js'
import { auditUnderHolm, auditWithSubjects, incompleteAudit, undecidedAudit } from './variants.js'

const PSEUDO = { locales: [pseudoLocale()] }
const AUDITS = [
  { name: 'the golden audit', audit: auditOf(SCENE) },
  { name: 'an audit with published figures and estimates', audit: exampleAudit({ simulated: true }) },
  { name: 'label sets compared and labels taken out', audit: designsAudit({ ablate: ['a child', 'a face'] }) },
  { name: 'tables of other measures', audit: auditWithTables() },
  { name: 'several images of one subject', audit: auditWithSubjects() },
  { name: 'incomplete evidence', audit: incompleteAudit() },
  { name: 'images without a decision', audit: undecidedAudit(12) },
  { name: 'another correction', audit: auditUnderHolm() },
]

/** Words that no locale holds: names out of the file, hashes and paths, the name of the tool. */
function namesIn(saved: unknown): ReadonlySet<string> {
  const names = new Set<string>(['Probity', 'probity', 'sha256', 'e1', 'SHA', 'Node', 'js'])
  const collect = (node: unknown): void => {
    if (typeof node === 'string') for (const word of node.match(/\p{L}+/gu) ?? []) names.add(word)
    if (Array.isArray(node)) node.forEach(collect)
    else if (typeof node === 'object' && node !== null) Object.values(node).forEach(collect)
  }
  collect(saved)
  return names
}

function strayWords(texts: readonly string[], saved: unknown): string[] {
  const names = namesIn(saved)
  const words = texts.flatMap((text) => withoutCodes(outsideBrackets(text)).match(/\p{L}{2,}/gu) ?? [])
  return [...new Set(words.filter((word) => !names.has(word) && !/^u?[0-9a-f]+$/.test(word)))]
}

describe('a language in which every text stands in brackets', () => {
  it.each(AUDITS)('leaves no word of the code in the page, in Markdown or in the terminal: $name', ({ audit }) => {
    expect(strayWords(wordsOfPage(renderHtml(audit, PSEUDO)), audit)).toEqual([])
    expect(strayWords([markdownWords(renderMarkdown(audit, PSEUDO))], audit)).toEqual([])
    expect(strayWords([renderTerminalSummary(audit, PSEUDO)], audit)).toEqual([])
  })

  it('leaves no word of the code in a specification curve', () => {
    const curve = exampleCurve()
    expect(strayWords(wordsOfPage(renderCurveHtml(curve, PSEUDO)), curve)).toEqual([])
    expect(strayWords([markdownWords(renderCurveMarkdown(curve, PSEUDO))], curve)).toEqual([])
    expect(strayWords([renderCurveTerminal(curve, PSEUDO)], curve)).toEqual([])
  })

  it('leaves no word of the code in a calibration', () => {
    const calibration = exampleCalibration()
    expect(strayWords(wordsOfPage(renderCalibrationHtml(calibration, PSEUDO)), calibration)).toEqual([])
    expect(strayWords([renderCalibrationTerminal(calibration, PSEUDO)], calibration)).toEqual([])
  })

  it('would show a word that the code writes itself', () => {
    expect(strayWords(wordsOfPage('<p title="⟦a⟧">⟦the rate~~⟧ of images</p>'), {})).toEqual(['of', 'images'])
  })
})

/** Without characters shown as codes and without names that a chart cuts. */
function withoutCodes(text: string): string {
  return text.replace(/\\u[0-9a-f]{4}/g, ' ').replace(/\p{L}*…/gu, '')
}

/** Markdown without its entities and the tags of closed parts. */
function markdownWords(markdown: string): string {
  return markdown.replace(/&[a-z]+;|&#\d+;|<\/?(details|summary)>/g, ' ')
}
