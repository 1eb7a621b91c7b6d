import { systemField } from '../../types/signoff.js'
import { attributeName, commaList, groupName, printable, semicolonList, valueName } from '../names.js'
import type { Words } from '../words.js'
import { crosswalkSources } from './crosswalk-sources.js'
import { isIncomplete } from './gate.js'
import { findingsToActOn } from './register.js'

/** One request of one source, and where this report answers it. */
export type CrosswalkRow = {
  readonly id: string
  readonly provision: string
  readonly asks: string
  readonly sections: readonly { readonly id: string; readonly title: string; readonly isHere: boolean }[]
  readonly status: string
}

export type CrosswalkSource = { readonly id: string; readonly name: string; readonly rows: readonly CrosswalkRow[] }

const FOLDER = 'crosswalk'
/** Title of each section that a row may point to. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ['decision', 'front.decision'],
  ['summary', 'summary.title'],
  ['system', 'system-use.title'],
  ['asked', 'asked.title'],
  ['data', 'data.title'],
  ['method', 'method.title'],
  ['results', 'results.title'],
  ['measured', 'figures.title'],
  ['intersections', 'crossed.title'],
  ['under-20', 'under-20.title'],
  ['designs', 'designs.title'],
  ['register', 'register.title'],
  ['limits', 'limits.title'],
  ['robustness', 'robustness.title'],
  ['crosswalk', 'crosswalk.title'],
  ['provenance', 'provenance.title'],
  ['words', 'words.title'],
  ['sign-off', 'signoff.title'],
])

/** Ids of all sections that a row may point to. */
export const SECTIONS: readonly string[] = [...TITLES.keys()]

/** Which article is served by which section. What a source asks stands in the locale file, where it points to in reports/crosswalk/, in
 *  the order that the locale gives. `present`: ids of the sections that this report has. */
export function crosswalk(present: ReadonlySet<string>, words: Words) {
  const { locale } = words
  const written = new Map(crosswalkSources().map((source) => [source.id, source]))
  const order = locale.text('crosswalk.order').split(' ')
  const strangers = [...written.keys()].filter((id) => !order.includes(id))
  if (strangers.length > 0)
    throw new Error(`reports/locales/${locale.id}: crosswalk.order lacks ${strangers.join(', ')}`)
  const sources = order.map((id): CrosswalkSource => {
    const source = written.get(id)
    if (source === undefined) throw new Error(`reports/${FOLDER}: expected a source "${id}" but there is none`)
    return {
      id: `crosswalk-${id}`,
      name: locale.text(`crosswalk.${id}.name`),
      rows: source.rows.map((row) => ({
        id: row.id,
        provision: locale.text(`crosswalk.${id}.${row.id}.provision`),
        asks: locale.text(`crosswalk.${id}.${row.id}.asks`),
        sections: row.sections.map((section) => {
          const title = TITLES.get(section)
          if (title === undefined) throw new Error(`reports/${FOLDER}: ${id}: no section is called "${section}"`)
          return { id: section, title: locale.text(title), isHere: present.has(section) }
        }),
        status:
          row.checked === null
            ? locale.text(`crosswalk.status-${row.status}`)
            : locale.text(`crosswalk.status-${row.status}-on`, { date: printable(row.checked) }),
      })),
    }
  })
  return { sources, rights: rightsAssessment(words) }
}

/** What an assessment under Art 27 of the EU AI Act asks, as far as this audit can say it; the rest is blank. */
function rightsAssessment(words: Words) {
  const { audit, index, locale, numbers, signoff } = words
  const { dataset, system, probes } = audit.facts
  const stated = (text: string | null) => (text === null ? '' : printable(text))
  const counted = new Set(probes.flatMap(({ groupBy }) => groupBy.flat()))
  const attributes = dataset.attributes
    .filter(({ name }) => counted.has(name))
    .map(({ name, values }) =>
      locale.text('crosswalk.rights.attribute', {
        name: attributeName(name, locale),
        values: commaList(
          values.map((value) => valueName(value, locale)),
          locale,
        ),
      }),
    )
  const people = stated(systemField('peopleAffected', signoff, system))
  const findings = isIncomplete(words) ? [] : findingsToActOn(audit)
  const single = findings.filter(({ contrast }) => index.contrast(contrast).groupBy.length === 1)
  const perHarm = [...new Set(single.map(({ harm }) => harm))].map((harm) => {
    const ofHarm = single.filter((finding) => finding.harm === harm)
    const groups = ofHarm.map(({ contrast }) => groupName(index.contrast(contrast).sides[0].group, locale))
    return locale.text('crosswalk.rights.risk', {
      harm: locale.text(`harms.${harm}`),
      groups: semicolonList([...new Set(groups)], locale),
      count: numbers.count(ofHarm.length),
    })
  })
  return (['a', 'b', 'c', 'd', 'e', 'f'] as const).map((letter) => ({
    asks: locale.text(`crosswalk.rights.${letter}`),
    lines:
      letter === 'a'
        ? [stated(systemField('intendedUse', signoff, system))].filter(Boolean)
        : letter === 'c'
          ? [...[people].filter(Boolean), ...attributes]
          : letter === 'd'
            ? perHarm
            : [],
  }))
}
