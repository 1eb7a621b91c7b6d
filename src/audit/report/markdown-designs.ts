import type { Locale } from './locale.js'
import {
  markdownDetails as details,
  markdownHeading as heading,
  markdownList as list,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import { withRange } from './markdown-results.js'
import type { ReportView } from './to-view.js'
import type { AblationAction, AblationOutcome } from './view/designs/ablations.js'
import type { TopCell } from './view/designs/ablation-rows.js'
import type { AlikeView, ChangeCell } from './view/designs/alike.js'
import type { ChangeTable, RateCell } from './view/designs/change-table.js'
import type { CrossedChanges } from './view/designs/crossed.js'
import type { FlowTable, FlowView } from './view/designs/flows.js'
import type { JointTable, JointView } from './view/designs/joint.js'
import type { AttributeChanges, PairView } from './view/designs/pair.js'

type Text = Locale['text']

/** Label sets compared on the same images, in Markdown; nothing for an audit of one label set. */
export function designsInMarkdown({ designs, hasDesigns }: ReportView, { text }: Locale): string[] {
  if (!hasDesigns) return []
  return [
    ...heading(2, text('designs.title')),
    ...paragraph(text('designs.note')),
    ...designs.pairs.flatMap((pair) => pairInMarkdown(pair, text)),
    ...designs.joint.flatMap((joint) => jointInMarkdown(joint, text)),
    ...details(text('method.title'), designs.method.flatMap(paragraph)),
  ]
}

function pairInMarkdown({ title, evidence, lead, labels, short, probes, flow }: PairView, text: Text): string[] {
  return [
    ...heading(3, [title, evidence].filter(Boolean).join(', ')),
    ...paragraph(lead.join(' ')),
    ...(labels === null
      ? []
      : table(
          [text('words.label-id'), text('designs.labels.change'), text('words.label-text'), text('words.outcome')],
          labels.rows.map(({ id, what, text: label, outcome }) => [id, what, label, outcome]),
        )),
    ...(short.length === 0 ? paragraph(text('designs.no-groups')) : list(short)),
    ...probes.flatMap(({ probe, attributes, crossed, crossedSummary }) => [
      ...(probe === '' ? [] : heading(4, probe)),
      ...attributes.flatMap((attribute) => attributeInMarkdown(attribute, text)),
      ...(crossed.length === 0
        ? []
        : details(
            crossedSummary,
            crossed.flatMap((grid) => crossedInMarkdown(grid, text)),
          )),
    ]),
    ...(flow === null ? [] : flowInMarkdown(flow, text)),
  ]
}

function attributeInMarkdown({ title, table: first, others, sentences, alike }: AttributeChanges, text: Text) {
  return [
    ...heading(4, title),
    ...changesInMarkdown([first, ...(others === null ? [] : [others])], text),
    ...(sentences.length === 0
      ? []
      : details(text('designs.sentences'), list(sentences.map(({ word, sentence }) => `${word}. ${sentence}`)))),
    ...(alike === null ? [] : alikeInMarkdown(alike, text)),
  ]
}

/** Groups down, whatever their number: a page of text scrolls one way. */
function changesInMarkdown(tables: readonly ChangeTable[], text: Text): string[] {
  const [{ first = '', second = '' } = {}] = tables
  const rate = ({ counts, rate, interval }: RateCell): string =>
    `${counts} (${[rate, interval].filter(Boolean).join(', ')})`
  return table(
    [text('designs.table.outcome'), text('designs.table.group'), first, second].concat(
      ['change', 'verdict', 'p'].map((id) => text(`designs.table.${id}`)),
    ),
    tables
      .flatMap(({ outcomes }) => outcomes)
      .flatMap(({ outcome, groups }) =>
        groups.map((cells) => [
          outcome,
          cells.group,
          rate(cells.first),
          rate(cells.second),
          withRange(cells.change, cells.range),
          withRange(cells.verdict.word, cells.note),
          withRange(cells.p, cells.q),
        ]),
      ),
  )
}

function alikeInMarkdown({ summary, answer, otherAnswers, outcomes }: AlikeView, text: Text): string[] {
  const change = ({ change, interval, counts }: ChangeCell): string => `${withRange(change, interval)}; ${counts}`
  return [
    ...paragraph(`${text('designs.alike.title')} ${answer}`),
    ...details(summary, [
      ...list(otherAnswers),
      ...table(
        [
          text('designs.table.outcome'),
          ...['group', 'own', 'others', 'difference', 'verdict', 'p'].map((id) => text(`designs.alike.${id}`)),
        ],
        outcomes.flatMap(({ outcome, rows }) =>
          rows.map((row) => [
            outcome,
            withRange(row.group, text('designs.alike.against', { reference: row.reference })),
            change(row.own),
            change(row.others),
            withRange(row.difference, row.range),
            withRange(row.verdict.word, row.note),
            row.p,
          ]),
        ),
      ),
    ]),
  ]
}

function crossedInMarkdown({ caption, corner, columns, rows }: CrossedChanges, text: Text): string[] {
  return [
    ...paragraph(caption),
    ...table(
      [corner, ...columns],
      rows.map(({ name, cells }) => [
        name,
        ...cells.map((cell) =>
          cell === null
            ? text('heat.empty')
            : [cell.change, cell.counts, cell.verdict.letter].filter(Boolean).join('; '),
        ),
      ]),
    ),
  ]
}

function flowInMarkdown({ all, test, groups, labels, moreLabels }: FlowView, text: Text): string[] {
  return [
    ...heading(4, text('designs.flow.title')),
    ...flowTable({ ...all, p: '' }),
    ...(test === '' ? [] : paragraph(test)),
    ...(groups.length === 0 ? [] : details(text('designs.flow.groups-summary'), groups.flatMap(flowTable))),
    ...(labels.length === 0
      ? []
      : details(text('designs.flow.labels-summary'), list([...labels, moreLabels].filter(Boolean)))),
  ]
}

function flowTable({ caption, columns, rows, p }: FlowTable): string[] {
  return [
    ...paragraph(caption),
    ...table(
      ['', ...columns],
      rows.map(({ outcome, cells }) => [outcome, ...cells.map(({ images }) => images)]),
    ),
    ...(p === '' ? [] : paragraph(p)),
  ]
}

function jointInMarkdown({ title, evidence, all, byAttribute }: JointView, text: Text): string[] {
  return [
    ...heading(3, [title, evidence].filter(Boolean).join(', ')),
    ...paragraph(text('designs.joint.note')),
    ...all.flatMap((joint) => jointTable(joint, text)),
    ...(byAttribute.length === 0
      ? []
      : details(
          text('designs.joint.summary'),
          byAttribute.flatMap((joint) => jointTable(joint, text)),
        )),
  ]
}

function jointTable({ caption, runs, outcomes }: JointTable, text: Text): string[] {
  const [q, p] = [text('designs.joint.q'), text('designs.joint.p')]
  return [
    ...paragraph(caption),
    ...table(
      [text('designs.table.outcome'), text('designs.joint.group'), ...runs, q, p],
      outcomes.flatMap(({ outcome, rows }) => rows.map((row) => [outcome, row.group, ...row.counts, row.q, row.p])),
    ),
  ]
}

/** What single labels do, in Markdown; nothing unless labels were taken out or added. */
export function ablationsInMarkdown({ designs, hasAblations }: ReportView, { text }: Locale): string[] {
  if (!hasAblations) return []
  return [
    ...heading(2, text('designs.ablation.title')),
    ...paragraph(text('designs.ablation.note')),
    ...designs.ablations.flatMap(({ title, evidence, actions }) => [
      ...heading(3, [title, evidence].filter(Boolean).join(', ')),
      ...actions.flatMap((action) => actionInMarkdown(action, text)),
    ]),
  ]
}

function actionInMarkdown({ title, note, outcomes }: AblationAction, text: Text): string[] {
  return [...heading(4, title), ...paragraph(note), ...outcomes.flatMap((outcome) => outcomeInMarkdown(outcome, text))]
}

function outcomeInMarkdown({ caption, sentences, rows, unmoved }: AblationOutcome, text: Text): string[] {
  const cell = (top: TopCell | null): string =>
    top === null
      ? text('designs.ablation.nothing')
      : [`${top.label}: ${withRange(top.change, top.interval)}`, top.counts, top.gap].filter(Boolean).join('; ')
  return [
    ...(sentences.length === 0 ? [] : list(sentences)),
    ...(rows.length === 0
      ? []
      : [
          ...paragraph(caption),
          ...table(
            ['group', 'first', 'second', 'third'].map((id) => text(`designs.ablation.${id}`)),
            rows.map(({ group, cells }) => [group, ...cells.map(cell)]),
          ),
        ]),
    ...(unmoved === '' ? [] : paragraph(unmoved)),
  ]
}
