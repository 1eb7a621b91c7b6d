import type { Locale } from './locale.js'
import {
  markdownDetails as details,
  markdownHeading as heading,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import type { ReportView } from './to-view.js'
import { caseFigures, caseSides, type CaseView } from './view/gate-case.js'

/** The gate: what it says, each limit with its worst case, the cases beyond a limit, and what is let through. */
export function gateInMarkdown({ front, gateLimits }: ReportView, { text }: Locale): string[] {
  const { rows, cases, waivers } = gateLimits
  const column = (name: string): string => text(`gate-limits.${name}`)
  return [
    ...heading(2, column('title')),
    ...paragraph(front.gate.text),
    ...(rows.length === 0 ? [] : paragraph(`${gateLimits.mode} ${column('decides')}`)),
    ...[gateLimits.warning, ...gateLimits.unjudged, gateLimits.policy].filter(Boolean).flatMap(paragraph),
    ...(rows.length === 0
      ? []
      : table(
          ['limit', 'asks-column', 'result-column', 'worst', 'sides', 'value', 'cases-column', 'm'].map(column),
          rows.map(({ id, asks, looksAt, word, reason, worst, noWorst, counts, m }) => [
            id,
            `${asks}; ${looksAt}`,
            reason === '' ? word : `${word}. ${reason}`,
            ...(worst === null ? [noWorst, '', ''] : [`${worst.group}, ${worst.where}`, ...sidesAndValue(worst)]),
            counts,
            m,
          ]),
        )),
    ...(cases.length === 0
      ? []
      : details(
          column('all-cases'),
          table(
            ['group', 'limit', 'place', 'sides', 'value'].map(column),
            cases.map((one) => [one.group, one.limit, one.where, ...sidesAndValue(one)]),
          ),
        )),
    ...(waivers.length === 0
      ? []
      : [
          ...heading(3, column('waivers')),
          ...table(
            ['limit', 'waiver-of', 'owner', 'why', 'expires', 'state-column', 'covers'].map(column),
            waivers.map(({ limit, of, owner, reason, expires, state, covers }) => [
              ...[limit, of, owner, reason, expires],
              ...[state, covers],
            ]),
          ),
        ]),
  ]
}

function sidesAndValue(one: CaseView): [sides: string, value: string] {
  return [caseSides(one), `${caseFigures(one)}; ${one.standing}`]
}
