import type { AuditResult } from '../../types/audit.js'
import type { RateRecord } from '../../types/derived.js'
import { withoutMarks } from '../foreign.js'
import { markdownHeading, markdownList, markdownParagraph, markdownTable } from '../markdown.js'
import { evidenceName, fullGroupName, groupByName, outcomeName, printable } from '../names.js'
import type { ReportOptions } from '../report-options.js'
import { verdictOfRate } from '../verdict-words.js'
import { data } from '../view/data.js'
import { frontLimits } from '../view/front.js'
import { gateView, isIncomplete } from '../view/gate.js'
import { yaml } from '../when-needed.js'
import type { Words } from '../words.js'
import { rateBlocks, type RateBlock } from './rate-blocks.js'
import { wordsOf } from './words-of.js'

const TASK = 'zero-shot-image-classification' // the Hub's id of what CLIP-style models are used for here
const MOST_CROSSED = 2 // three and more attributes make hundreds of rows: they stand in the report

/** Model cards of an audit, one for each model: Hugging Face's README with its `model-index`, and Model Card Toolkit's JSON (0.0.2).
 *  What only the model's owner can say is left blank and marked so. A card of simulated data says it first. */
export function renderModelCards(audit: AuditResult, options: ReportOptions = {}): { name: string; text: string }[] {
  const words = wordsOf(audit, options)
  const { evidence } = audit.facts
  return evidence.flatMap(({ id }) => {
    const name = evidence.length > 1 ? `model-card-${id}` : 'model-card'
    return [
      { name: `${name}.md`, text: withoutMarks(huggingFaceCard(id, words)) },
      { name: `${name}.json`, text: withoutMarks(`${JSON.stringify(toolkitCard(id, words), null, 2)}\n`) },
    ]
  })
}

function huggingFaceCard(evidence: string, words: Words): string {
  const { audit, locale } = words
  const { text } = locale
  const { facts } = audit
  const banner = facts.simulated ? text('page.simulated') : ''
  const blocks = rateBlocks(words).filter((block) => block.evidence === evidence)
  const sections = cardTexts(evidence, words)
  const lines = [
    '---',
    ...(banner === '' ? [] : [`# ${banner}`]),
    yaml()
      .stringify(metadata(evidence, blocks, words), { lineWidth: 0, aliasDuplicateObjects: false })
      .trimEnd(),
    '---',
    '',
    ...(banner === '' ? [] : [`**${banner}**`, '']),
    ...markdownHeading(1, text('card.title', { model: evidenceName(evidence, audit) })),
    ...markdownParagraph(text('card.note')),
    ...markdownHeading(2, text('card.details')),
    ...markdownList(sections.details),
    ...markdownHeading(2, text('card.use')),
    ...markdownList([...sections.uses, ...sections.users]),
    ...markdownHeading(2, text('card.factors')),
    ...markdownList(sections.factors),
    ...markdownHeading(2, text('card.data')),
    ...markdownList(sections.data),
    ...markdownHeading(2, text('card.analyses')),
    ...(isIncomplete(words) ? markdownParagraph(gateView(words).sentences.join(' ')) : []),
    ...markdownParagraph(text('card.metric')),
    ...blocks.filter(({ groupBy }) => groupBy.length <= MOST_CROSSED).flatMap((block) => blockTable(block, words)),
    ...markdownParagraph(text('card.more')),
    ...markdownHeading(2, text('card.caveats')),
    ...markdownList([...sections.limitations, ...sections.notMeasured]),
    ...markdownHeading(2, text('card.check')),
    ...markdownList([printable(audit.auditId), text('provenance.verify-command')]),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** The form of huggingface_hub's EvalResult: each of task, dataset and metrics has its required fields (hub-docs, modelcard.md). */
function metadata(evidence: string, blocks: readonly RateBlock[], words: Words) {
  const { facts, auditId } = words.audit
  const mark = facts.simulated ? 'SIMULATED ' : ''
  const single = blocks.filter(({ groupBy }) => groupBy.length === 1)
  const results = facts.labelSets.flatMap(({ id: labelSet }) => {
    const metrics = single.filter((block) => block.labelSet === labelSet).flatMap((block) => metricsOf(block, mark))
    return metrics.length === 0
      ? []
      : [
          {
            task: { type: TASK, name: `${mark}bias audit, label set ${printable(labelSet)}` },
            dataset: {
              type: printable(facts.dataset.id),
              name: `${mark}${printable(facts.dataset.id)}`,
              config: printable(labelSet),
            },
            metrics,
          },
        ]
  })
  return {
    ...(facts.simulated ? { simulated: true } : {}),
    pipeline_tag: TASK,
    tags: ['bias-audit', ...(facts.simulated ? ['simulated-data'] : [])],
    probity_audit: printable(auditId),
    'model-index': [{ name: `${mark}${evidenceName(evidence, words.audit)}`, results }],
  }
}

function metricsOf({ probe, outcome, rates }: RateBlock, mark: string) {
  return rates.flatMap((rate) => {
    if (rate.value === null || rate.interval === null) return []
    return [
      {
        type: 'outcome_rate',
        name: `${mark}${printable(probe)}: ${printable(outcome)}, ${plain(rate)}`,
        value: rate.value,
        args: { count: rate.count, total: rate.total, low: rate.interval[0], high: rate.interval[1] },
      },
    ]
  })
}

function plain({ group }: RateRecord): string {
  return (group ?? []).map(([attribute, value]) => `${printable(attribute)} ${printable(value)}`).join(', ')
}

function blockTable({ groupBy, outcome, labelSet, rates }: RateBlock, words: Words): readonly string[] {
  const { locale, numbers } = words
  const slots = {
    outcome: outcomeName(outcome, locale),
    groupBy: groupByName(groupBy, locale),
    labelSet: printable(labelSet),
  }
  return [
    ...markdownHeading(3, locale.text('card.block', slots)),
    ...markdownTable(
      ['group', 'counts', 'rate', 'verdict'].map((id) => locale.text(`table.${id}`, slots)),
      rates.map((rate) => [
        fullGroupName(rate.group ?? [], locale),
        numbers.ofTotal(rate.count, rate.total),
        numbers.rate(rate),
        isIncomplete(words) ? locale.text('table.none') : verdictOfRate(rate, words).word,
      ]),
    ),
  ]
}

/** What both kinds of card say in words. */
function cardTexts(evidence: string, words: Words) {
  const { audit, locale, signoff } = words
  const { facts } = audit
  const blank = locale.text('card.blank')
  const kind = facts.evidence.find(({ id }) => id === evidence)
  const model = facts.models.find(({ id }) => id === kind?.model)
  const stated = (said: string | null | undefined): string => (said == null ? blank : printable(said))
  const sheet = data(words)
  return {
    details: [
      evidenceName(evidence, audit),
      locale.text('card.version', { version: stated(signoff?.system.version) }),
      ...(model === undefined ? [] : [locale.text('card.hash', { hash: printable(model.sha256) })]),
    ],
    uses: [
      locale.text('card.intended', { use: stated(signoff?.system.intendedUse) }),
      locale.text('card.misuse', { use: stated(signoff?.system.foreseeableMisuse) }),
      ...facts.system.map(([name, said]) => `${printable(name)}: ${printable(said)}`),
    ],
    users: [locale.text('card.affected', { who: stated(signoff?.system.peopleAffected) })],
    factors: sheet.attributes.map(({ name, labelledBy, values }) => `${name} (${labelledBy}): ${values}`),
    data: [sheet.rows, ...sheet.sheet.map(({ name, text: said }) => `${name}: ${said}`)],
    limitations: frontLimits(words),
    notMeasured: audit.derived.notMeasured.map(({ what, why }) => `${printable(what)}: ${printable(why)}`),
  }
}

/** Model Card Toolkit reads every value and bound as text (model_card.proto, ConfidenceInterval). */
function toolkitCard(evidence: string, words: Words) {
  const { audit, locale } = words
  const { facts } = audit
  const said = cardTexts(evidence, words)
  const described = (entries: readonly string[]) => entries.map((description) => ({ description }))
  const mark = facts.simulated ? 'SIMULATED ' : ''
  const overview = `${facts.simulated ? `${locale.text('page.simulated')} ` : ''}${locale.text('card.note')}`
  return {
    schema_version: '0.0.2',
    model_details: {
      name: `${mark}${evidenceName(evidence, audit)}`,
      overview,
      documentation: [...said.details, ...said.factors].join(' '),
      version: { name: printable(words.signoff?.system.version ?? locale.text('card.blank')) },
    },
    model_parameters: {
      data: [
        {
          name: `${mark}${printable(facts.dataset.id)}`,
          description: said.data.join(' '),
          sensitive: { sensitive_data: facts.dataset.attributes.map(({ name }) => printable(name)) },
        },
      ],
    },
    quantitative_analysis: {
      performance_metrics: rateBlocks(words)
        .filter((block) => block.evidence === evidence)
        .flatMap((block) => block.rates.flatMap((rate) => toolkitMetric(block, rate, mark))),
    },
    considerations: {
      users: described(said.users),
      use_cases: described(said.uses),
      limitations: described(said.limitations),
      ethical_considerations: said.notMeasured.map((name) => ({
        name: locale.text('card.not-measured', { what: name }),
        mitigation_strategy: locale.text('card.blank'),
      })),
    },
  }
}

function toolkitMetric({ probe, labelSet, outcome }: RateBlock, rate: RateRecord, mark: string) {
  if (rate.value === null || rate.interval === null) return []
  return [
    {
      type: `${mark}${[probe, labelSet, outcome].map(printable).join(' / ')}: rate, ${rate.count} of ${rate.total}`,
      value: String(rate.value),
      slice: plain(rate),
      confidence_interval: { lower_bound: String(rate.interval[0]), upper_bound: String(rate.interval[1]) },
    },
  ]
}
