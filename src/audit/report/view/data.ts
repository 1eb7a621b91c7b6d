import { FAILURE_PROBE } from '../../types/failure-probe.js'
import { countedText } from '../locale.js'
import {
  attributeName,
  commaList,
  designName,
  fullGroupName,
  groupByName,
  printable,
  saidText,
  valueName,
} from '../names.js'
import type { Words } from '../words.js'
import { lossesByCode } from './losses.js'
import { rateRows } from './rate-rows.js'

/** The data: where it comes from, who labelled it, who is in it, what is missing, and which images could not be read. */
export function data(words: Words) {
  const { audit, locale, numbers } = words
  const { dataset } = audit.facts
  const { rows } = dataset
  const counted = { in: rows.in, processed: rows.processed, quarantined: rows.quarantined, excluded: rows.excluded }
  const slots = Object.fromEntries(Object.entries(counted).map(([name, value]) => [name, numbers.count(value)]))
  return {
    rows: countedText(locale, 'data.rows', rows.in, slots),
    sheet: sheet(words),
    undecided: undecidedRows(words),
    attributes: dataset.attributes.map((attribute) => ({
      name: attributeName(attribute.name, locale),
      labelledBy: locale.text(`labelled-by.${attribute.labelledBy}`),
      values: commaList(
        attribute.values.map((value) => valueName(value, locale)),
        locale,
      ),
      unknown: numbers.ofTotal(attribute.unknown, rows.in),
    })),
    composition: composition(words),
    codes: lossesByCode(words),
    losses: dataset.cells.flatMap((cell) =>
      cell.excluded.length + cell.quarantined.length === 0
        ? []
        : [
            {
              group: fullGroupName(cell.group, locale),
              in: numbers.count(cell.in),
              processed: numbers.count(cell.processed),
              excluded: withCounts(cell.excluded, words),
              quarantined: withCounts(cell.quarantined, words),
            },
          ],
    ),
    warnings: dataset.warnings.map(([code, count, message]) => ({
      code: printable(code),
      count: numbers.count(count),
      message: saidText(message, locale),
    })),
  }
}

/** Facts of the dataset as pairs of a name and a text, each absent one with its reason. */
function sheet(words: Words): readonly { readonly name: string; readonly text: string }[] {
  const { audit, locale, numbers } = words
  const { dataset } = audit.facts
  const orReason = (value: string | null, reason: string | null): string => saidText(value ?? reason ?? '', locale)
  const subjects =
    dataset.subjects === null
      ? orReason(null, dataset.subjectsReason)
      : countedText(locale, 'data.subjects-counted', dataset.subjects, { subjects: numbers.count(dataset.subjects) })
  const sources = dataset.sources.map(({ file, rows }) =>
    locale.text('data.source-file', { file: printable(file), rows: numbers.rows(rows) }),
  )
  const pairs: readonly (readonly [string, string])[] = [
    ['dataset', printable(dataset.id)],
    ['sources', sources.join('; ')],
    ['licence', orReason(dataset.licence, dataset.licenceReason)],
    ...optional('permitted-use', dataset.permittedUse === undefined ? '' : saidText(dataset.permittedUse, locale)),
    ['crop', orReason(dataset.crop, dataset.cropReason)],
    ['subjects', subjects],
    ...optional('boxes', boxes(words)),
    ...optional('read-as', readAs(words).join('; ')),
    ['duplicates', duplicates(words)],
    ['suppression', saidText(dataset.suppression.reason, locale)],
  ]
  return pairs.map(([name, text]) => ({ name: locale.text(`data.sheet.${name}`), text }))
}

/** A pair that older audits, and most datasets, do not have. */
function optional(name: string, text: string): readonly (readonly [string, string])[] {
  return text === '' ? [] : [[name, text]]
}

/** How many images are a part of a photo, and what was added around them. */
function boxes({ audit, locale, numbers }: Words): string {
  const found = audit.facts.dataset.boxes
  if (found === undefined) return ''
  return locale.text('data.boxes', { rows: numbers.rows(found.rows), padding: numbers.settingPercent(found.padding) })
}

/** How the values of each attribute were found in the label file, where they do not stand there. */
function readAs({ audit, locale, numbers }: Words): string[] {
  return audit.facts.dataset.attributes.flatMap(({ name, aliases = [], bins, note }) => {
    const attribute = attributeName(name, locale)
    const spellings = aliases.map(([from, to, rows]) =>
      locale.text('data.read-alias', { from: printable(from), to: printable(to), rows: numbers.rows(rows) }),
    )
    return [
      ...(note === undefined ? [] : [locale.text('data.read-note', { attribute, note: saidText(note, locale) })]),
      ...(bins === undefined
        ? []
        : [locale.text('data.read-bins', { attribute, edges: bins.map(numbers.plain).join(', ') })]),
      ...(spellings.length === 0 ? [] : [locale.text('data.read-note', { attribute, note: spellings.join(', ') })]),
    ]
  })
}

/** Images whose files hold the same bytes, and how often their group labels contradict each other. */
function duplicates({ audit, locale, numbers }: Words): string {
  const found = audit.facts.dataset.duplicates
  if (found === null) return locale.text(`data.duplicates-${audit.facts.dataset.duplicatesReason ?? 'decisions-only'}`)
  const { contents, images, acrossGroups } = found
  if (contents === 0) return locale.text('data.duplicates-none')
  return countedText(locale, 'data.duplicates', contents, {
    contents: numbers.count(contents),
    images: numbers.images(images),
    across: numbers.count(acrossGroups),
  })
}

/** Decided and undecided images of every label set; empty when every processed image has a decision under each. */
export function undecidedRows({ audit, locale, numbers }: Words) {
  const { summary } = audit.derived
  const { processed } = audit.facts.dataset.rows
  if (summary.undecided.every(([, , undecided]) => undecided === 0)) return []
  return summary.undecided.map(([evidence, labelSet, undecided, decided]) => ({
    design: designName(evidence, labelSet, { audit, locale }),
    isWhole: undecided === 0,
    undecided: numbers.ofTotal(undecided, processed),
    decided: numbers.ofTotal(decided, processed),
  }))
}

/** Images per value of each attribute, with failure-to-process: how many of them could not be read, and its verdict. */
function composition(words: Words) {
  const { audit, index, locale } = words
  return audit.facts.failureFamilies.flatMap((family, i) => {
    const [outcome] = family.outcomes
    const probe = audit.derived.contrasts.find((contrast) => contrast.family === family.id)?.probe ?? FAILURE_PROBE
    const where = { probe, evidence: null, labelSet: null, groupBy: family.groupBy, outcome: outcome ?? '' }
    const rows = rateRows(index.ratesOf(where), words)
    if (rows.length === 0) return []
    const attribute = groupByName(family.groupBy, locale)
    return [{ id: `composition-${i}`, attribute, caption: locale.text('data.composition', { attribute }), rows }]
  })
}

function withCounts(pairs: readonly (readonly [string, number])[], { locale, numbers }: Words): string {
  return pairs
    .map(([code, images]) => locale.text('data.code-count', { code: printable(code), images: numbers.count(images) }))
    .join('; ')
}
