import type { AuditResult } from '../types/audit.js'
import type { Signoff } from '../types/signoff.js'
import { ablationLines } from './ablation-lines.js'
import { countedText, readLocale } from './locale.js'
import { codesLine, failureLines } from './failure-lines.js'
import { foreign } from './foreign.js'
import { commaList, printable, saidText } from './names.js'
import { verdictOfKey, VERDICT_KEYS } from './verdict-words.js'
import { acrossLines } from './across-lines.js'
import { acrossModels } from './view/across-models.js'
import { asked } from './view/asked.js'
import { crosswalk, SECTIONS } from './view/crosswalk.js'
import { data, undecidedRows } from './view/data.js'
import { designsView } from './view/designs/designs.js'
import { pairLines } from './view/designs/in-short.js'
import { equalMix } from './view/equal-mix.js'
import { figureLines } from './view/figures/figure-lines.js'
import { probeTables } from './view/figures/probe-tables.js'
import { front, frontLimits } from './view/front.js'
import { gateLimits } from './view/gate-limits.js'
import { glossary } from './view/glossary.js'
import { instructions } from './view/instructions.js'
import { labelsChosen } from './view/labels-chosen.js'
import { method } from './view/method.js'
import { provenance } from './view/provenance.js'
import { register } from './view/register.js'
import { resultBlocks, withoutResults } from './view/results.js'
import { robustness } from './view/robustness.js'
import { signing } from './view/signing.js'
import { isCompared, whatWasAudited } from './view/summary.js'
import { statedByPeople, systemUse } from './view/system-use.js'
import { under20 } from './view/under-20.js'
import { wordsFor, type Words } from './words.js'

/** An audit as words: every number rounded, every sentence whole, in the order of the page. Rounding happens here and nowhere
 *  else; a template only prints. Throws when the audit names a record it does not hold, or the locale lacks a sentence. */
export function toView(
  audit: AuditResult,
  given = readLocale('en'),
  signoff: Signoff | null = null,
  isPolicySetAfter = false,
) {
  const words = wordsFor(audit, given, signoff, isPolicySetAfter)
  const { locale } = words
  const results = resultBlocks(words)
  const designs = designsView(words)
  const dataset = data(words)
  const view = {
    lang: locale.id,
    front: front(words),
    signing: signing(words),
    system: systemUse(words),
    stated: statedByPeople(words),
    register: register(words),
    terminal: {
      ...terminalWords(words),
      failures: failureLines(dataset.composition, words),
      codes: codesLine(dataset.codes, words),
    },
    asked: asked(words),
    data: dataset,
    method: method(words),
    gateLimits: gateLimits(words),
    legend: VERDICT_KEYS.map((key) => verdictOfKey(key, words)),
    acrossModels: acrossModels(words),
    results,
    withoutResults: withoutResults(results, words),
    labelsChosen: labelsChosen(words),
    hasCrossed: results.some(({ crossed }) => crossed.length > 0),
    equalMix: equalMix(words),
    under20: under20(words),
    probeTables: probeTables(words),
    hasResults: results.length > 0 || withoutResults(results, words).length > 0 || audit.derived.tables.length === 0,
    designs,
    hasDesigns: designs.pairs.length > 0,
    hasAblations: designs.ablations.length > 0,
    caveats: findingCaveats(words),
    notMeasured: audit.derived.notMeasured.map(({ what, why }) => ({
      what: saidText(what, locale),
      why: saidText(why, locale),
    })),
    robustness: robustness(words),
    provenance: provenance(words),
    instructions: instructions(words, frontLimits(words)),
    words: glossary(words),
  }
  return { ...view, crosswalk: crosswalk(presentSections(view), words) }
}

/** Ids of the sections that a page of this view has, where a part of the page may be absent. */
function presentSections(view: {
  readonly hasResults: boolean
  readonly probeTables: readonly unknown[]
  readonly hasCrossed: boolean
  readonly under20: readonly unknown[]
  readonly hasDesigns: boolean
}): ReadonlySet<string> {
  const absent = [
    ...(view.hasResults ? [] : ['results']),
    ...(view.probeTables.length > 0 ? [] : ['measured']),
    ...(view.hasCrossed ? [] : ['intersections']),
    ...(view.under20.length > 0 ? [] : ['under-20']),
    ...(view.hasDesigns ? [] : ['designs']),
  ]
  return new Set(SECTIONS.filter((id) => !absent.includes(id)))
}

/** What weakens the findings by their own account, and does not stand among the limits of the first page already. */
function findingCaveats({ audit, locale }: Words): readonly string[] {
  const ids = new Set(audit.derived.findings.flatMap(({ caveats }) => caveats))
  return [...ids]
    .filter((id) => !SAID_ON_FIRST_PAGE.has(id))
    .map((id) => (locale.has(`caveats.${id}`) ? locale.text(`caveats.${id}`) : foreign(printable(id), locale)))
}

const SAID_ON_FIRST_PAGE = new Set(['perceived-attributes', 'images-taken-as-independent', 'duplicate-images'])

function terminalHeading({ audit, locale, numbers }: Words): string {
  const { dataset, labelSets, seed } = audit.facts
  const slots = {
    what: whatWasAudited({ audit, locale }),
    dataset: printable(dataset.id),
    labelSets: commaList(
      labelSets.map(({ id }) => printable(id)),
      locale,
    ),
    seed: numbers.count(seed),
  }
  if (labelSets.length === 0) return locale.text('terminal.heading-none', slots)
  return countedText(locale, 'terminal.heading', labelSets.length, slots)
}

function terminalWords(words: Words) {
  const { audit, locale } = words
  const text = locale.text
  const { dataset, labelSets } = audit.facts
  return {
    banner: text('page.simulated'),
    heading: terminalHeading(words),
    verdicts: text('terminal.verdicts'),
    largest: text('terminal.largest'),
    undecided: undecidedRows(words)
      .filter(({ isWhole }) => !isWhole)
      .map(({ design, undecided }) =>
        countedText(locale, 'terminal.undecided', dataset.rows.processed, { design, undecided }),
      ),
    designs: { heading: text('designs.terminal.title'), lines: pairLines(words) },
    across: { heading: text('models.terminal.heading'), lines: acrossLines(words) },
    ablation: { heading: text('ablation-terminal.heading'), lines: ablationLines(words) },
    figures: figureLines(words),
    isCompared: isCompared(words) || audit.derived.tables.length === 0,
    exploratory: isCompared(words) ? [text('terminal.exploratory')] : [],
    draft: locale.text('signoff.terminal-draft'),
    limits: countedText(locale, 'terminal.limits', labelSets.length),
  }
}

/** What templates and the Markdown writer print. */
export type ReportView = ReturnType<typeof toView>
