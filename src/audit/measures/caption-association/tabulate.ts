import type { Facts } from '../../types/facts.js'
import type { FigureColumn, Wording } from '../../types/figures.js'
import type { CaptionAssociationObserved } from '../../types/observed/caption-association.js'
import type { MeasuredValue } from '../../types/observed/observed.js'
import { measuredFigure } from '../measured-figure.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { subjectsRepeat } from '../subjects-repeat.js'
import { groupByText, groupText, sentencesOf } from '../sentences.js'

const says = sentencesOf('caption-association')

type Probe = ProbeFactsOf<'caption-association'>

const MOST_STRONGEST = 20

/** Of each label set and grouping: the captions furthest from what chance gives, and every caption with every group. */
export function tabulateAssociations(facts: Facts, probe: Probe): TableDraft[] {
  return observedBy(facts, probe.id, 'caption-association').flatMap((observed) => {
    const textOf = captionTexts(facts, observed)
    const notes = notesOf(facts, observed, probe)
    const strongest = strongestPairs(observed)
    const all = captionTable(observed, textOf, notes)
    return strongest.length === 0 ? [all] : [strongestTable(observed, strongest, textOf, notes), all]
  })
}

type Texts = (caption: string) => string

function captionTexts({ labelSets }: Facts, { labelSet }: CaptionAssociationObserved): Texts {
  const labels = labelSets.find(({ id }) => id === labelSet)?.labels ?? []
  const texts = new Map(labels.map(({ id, text }) => [id, text] as const))
  return (caption) => texts.get(caption) ?? caption
}

/** A caption and a group, with how it was measured. */
type Pair = { readonly caption: string; readonly group: number; readonly measured: MeasuredValue }

/** Beyond the 95th percentile of chance, furthest first. Of two groups only the one that the caption is nearer to: the other has the same
 *  figure with its sign turned. */
function strongestPairs(observed: CaptionAssociationObserved): Pair[] {
  const mirrored = isMirrored(observed)
  return observed.captions
    .flatMap(({ caption, associations }) => associations.map((measured, group): Pair => ({ caption, group, measured })))
    .filter(({ measured: { value, chance } }) => {
      if (value === null || chance === undefined || (mirrored && value < 0)) return false
      return Math.abs(value) > (chance.percentile95 ?? Infinity)
    })
    .sort((a, b) => Math.abs(b.measured.value ?? 0) - Math.abs(a.measured.value ?? 0))
    .slice(0, MOST_STRONGEST)
}

function isMirrored({ groups }: CaptionAssociationObserved): boolean {
  return groups.filter(({ images }) => images > 0).length === 2
}

function strongestTable(
  observed: CaptionAssociationObserved,
  pairs: readonly Pair[],
  textOf: Texts,
  notes: readonly Wording[],
): TableDraft {
  const groups = observed.groups.filter(({ images }) => images > 0).length
  const compared = observed.captions.length * (isMirrored(observed) ? 1 : groups)
  return {
    ...placeOf(observed),
    key: `strongest/${observed.groupBy.join('+')}`,
    title: says('strongest.title', ['groupBy', groupByText(observed.groupBy)], ['shown', pairs.length]),
    rowHeading: says('pair'),
    columns: [
      { key: 'association', heading: says('association'), unit: 'number' },
      { key: 'images', heading: says('images'), unit: 'count' },
    ],
    rows: pairs.map(({ caption, group, measured }) => ({
      key: `${caption}/${group}`,
      name: {
        kind: 'wording',
        wording: says(
          'strongest.row',
          ['caption', textOf(caption)],
          ['group', groupText(observed.groups[group].group)],
        ),
      },
      figures: [measuredFigure(measured), { kind: 'own', value: observed.groups[group].images }],
    })),
    notes: [says('strongest.note', ['shown', pairs.length], ['compared', compared]), ...notes],
    chart: 'none',
  }
}

function captionTable(observed: CaptionAssociationObserved, textOf: Texts, notes: readonly Wording[]): TableDraft {
  return {
    ...placeOf(observed),
    key: `captions/${observed.groupBy.join('+')}`,
    title: says('captions.title', ['groupBy', groupByText(observed.groupBy)]),
    rowHeading: says('caption'),
    columns: observed.groups.map(({ group }, place): FigureColumn => ({
      key: `group/${place}`,
      heading: says('group', ['group', groupText(group)]),
      unit: 'number',
    })),
    rows: observed.captions.map(({ caption, associations }) => ({
      key: caption,
      name: { kind: 'text', text: textOf(caption) },
      figures: associations.map((measured) => measuredFigure(measured)),
    })),
    notes: [...notes],
    chart: 'none',
  }
}

function placeOf({ evidence, labelSet }: CaptionAssociationObserved): Pick<TableDraft, 'evidence' | 'labelSet'> {
  return { evidence, labelSet }
}

function notesOf({ dataset }: Facts, { captions }: CaptionAssociationObserved, { measure }: Probe): Wording[] {
  const isFlat = captions.some(({ associations }) => associations.some(({ reason }) => reason === 'no-variation'))
  return [
    says('note.read'),
    says('note.chance', ['draws', measure.draws]),
    ...(isFlat ? [says('note.no-variation')] : []),
    ...(subjectsRepeat({ dataset }) ? [says('note.subjects')] : []),
  ]
}

/** A sentence of reports/locales/<id>/caption-association.yaml. */
