import { minuteText } from '../../dates.js'
import { countedText } from '../../locale.js'
import { questions, specificationsText, type CurveWords } from '../../curve-words.js'
import { printable } from '../../names.js'
import { evidencePairs } from '../provenance.js'
import { questionSlots } from './answers.js'

/** What stands at the head of the page. */
export function curveFront(words: CurveWords) {
  const { curve, locale, numbers } = words
  const { facts } = curve
  const { in: rowsIn, processed, quarantined, excluded } = facts.dataset.rows
  const names = { labelSet: printable(facts.labelSet.id), dataset: printable(facts.dataset.id) }
  return {
    isSimulated: facts.simulated,
    // named as in an audit, so that the margins of printed pages are the same
    auditId: printable(curve.curveId),
    title: locale.text('curve.title', names),
    doctitle: locale.text('curve.doctitle', names),
    created: minuteText(curve.run.createdUtc, locale),
    tool: `${facts.tool.name} ${printable(facts.tool.version)}`,
    footer: locale.text('curve.footer', { id: printable(curve.curveId) }),
    question: countedText(locale, 'curve.answer.question', facts.specifications.length, {
      ...names,
      grid: printable(facts.grid.id),
      count: numbers.count(facts.specifications.length),
      images: numbers.images(processed),
      model: printable(facts.model.name),
    }),
    rows: countedText(locale, 'curve.rows', rowsIn, {
      in: numbers.count(rowsIn),
      processed: numbers.count(processed),
      quarantined: numbers.count(quarantined),
      excluded: numbers.count(excluded),
    }),
  }
}

/** Whether the groups keep their order, a sentence per question. */
export function ranks(words: CurveWords): string[] {
  const { curve, locale, numbers } = words
  return questions(words).flatMap((question, t) =>
    curve.derived.ranks
      .filter(({ table }) => table === t)
      .map(({ kendallW, reason = 'no-variation' }) =>
        kendallW === null
          ? locale.text('curve.ranks.none', {
              ...questionSlots(question, locale),
              reason: locale.text(`curve.ranks.reasons.${reason}`),
            })
          : locale.text('curve.ranks.value', { ...questionSlots(question, locale), w: numbers.twoPlaces(kendallW) }),
      ),
  )
}

/** The limits that a reader needs beside the answer, in short. */
export function shortLimits({ curve, locale }: CurveWords): string[] {
  return [...(curve.facts.simulated ? ['simulated'] : []), 'short-dependent', 'short-chosen', 'short-sample'].map(
    (id) => locale.text(`curve.limits.${id}`),
  )
}

/** All limits. */
export function curveLimits({ curve, locale, numbers }: CurveWords): string[] {
  const { simulated, dataset } = curve.facts
  const { subjects } = dataset
  return [
    ...[...(simulated ? ['simulated'] : []), 'dependent', 'chosen', 'joint', 'no-free'].map((id) =>
      locale.text(`curve.limits.${id}`),
    ),
    ...(subjects === null
      ? [locale.text('limits.independent')]
      : [countedText(locale, 'curve.limits.subjects', subjects, { subjects: numbers.count(subjects) })]),
    locale.text('curve.limits.sample'),
  ]
}

/** How everything was found, with the formulae in words. */
export function curveMethod({ curve, locale, numbers }: CurveWords): string[] {
  const { policy, tables } = curve.facts
  const draws = tables[0]?.jointNull.draws ?? 0
  const slots = {
    points: numbers.settingPoints(policy.margin.difference),
    ratio: numbers.plain(policy.margin.ratio),
    alpha: numbers.plain(policy.alpha),
    minimum: numbers.images(policy.minimumImages),
    policy: printable(policy.id),
    hash: printable(policy.sha256),
  }
  return [
    ...['decide', 'difference', 'verdict', 'shares', 'variance'].map((id) => locale.text(`curve.method.${id}`, slots)),
    draws === 0
      ? locale.text('curve.method.no-joint')
      : countedText(locale, 'curve.method.joint', draws, { draws: numbers.count(draws) }),
    ...['ranks', 'source'].map((id) => locale.text(`curve.method.${id}`)),
  ]
}

/** Everything needed to run it again and to check this page against it. */
export function curveProvenance(words: CurveWords) {
  const { curve, locale, numbers } = words
  const { facts, run } = curve
  const notStated = locale.text('curve.provenance.not-stated')
  const pairs: readonly (readonly [string, string])[] = [
    ['curve.id', curve.curveId],
    ['provenance.schema', curve.schema],
    ['provenance.created', run.createdUtc],
    ['provenance.tool', `${facts.tool.name} ${facts.tool.version}`],
    ['curve.provenance.grid', `${facts.grid.id} ${facts.grid.sha256}`],
    ['curve.provenance.label-set', `${facts.labelSet.id} ${facts.labelSet.sha256}`],
    ['provenance.policy', `${facts.policy.id} ${facts.policy.sha256}`],
    ['curve.provenance.dataset', facts.dataset.id],
    ['provenance.manifest', facts.dataset.manifestSha256],
    ['curve.provenance.licence', facts.dataset.licence ?? notStated],
    ['curve.provenance.crop', facts.dataset.crop ?? notStated],
    ['provenance.seed', String(facts.seed)],
    ['curve.provenance.model', `${facts.model.name} ${facts.model.sha256}`],
    ['provenance.host', `Node.js ${run.host.node}, ${run.host.os}`],
  ]
  return {
    runAgain: printable(run.commandLine),
    pairs: pairs.map(([id, value]) => ({ name: locale.text(id), value: printable(value) })),
    files: facts.model.files.map(([path, sha256, bytes]) => ({
      path: printable(path),
      sha256: printable(sha256),
      bytes: numbers.count(bytes),
    })),
    evidence: evidencePairs(facts.evidence, words),
  }
}

/** The summary of a terminal opens with this. */
export function curveHeading(words: CurveWords): string {
  const { facts } = words.curve
  return words.locale.text('curve.terminal.heading', {
    labelSet: printable(facts.labelSet.id),
    dataset: printable(facts.dataset.id),
    specifications: specificationsText(facts.specifications.length, words),
    grid: printable(facts.grid.id),
    seed: words.numbers.count(facts.seed),
  })
}
