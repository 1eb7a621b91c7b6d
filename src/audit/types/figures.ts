import type { Chance } from './chance.js'
import type { Group } from './groups.js'
import type { ReasonCode } from './verdict.js'

/** A sentence of the locale files by its id, with what fills its slots. Numbers are rounded by the report, never here: a slot whose
 *  name ends in `Share` is printed as a percentage, one in `P` as a p, whole numbers as counts, others with three digits. */
export type Wording = {
  readonly id: string
  readonly values: readonly (readonly [slot: string, value: string | number])[]
}

type Bounds = readonly [low: number, high: number | null]

/** `share` 0 to 1, printed as a percentage; `points` a difference of shares; `number` anything else. */
export type FigureUnit = 'share' | 'points' | 'count' | 'number' | 'p'

export type IntervalMethod =
  'wilson' | 'clopper-pearson' | 'newcombe' | 'score' | 'tango' | 'mover' | 'bootstrap' | 'cluster-bootstrap' | 'range'

/** A figure of this audit. `value` is null with its reason; `count` of `total` where it is a share. */
export type OwnFigure = {
  readonly kind: 'own'
  readonly value: number | null
  readonly reason?: ReasonCode
  readonly count?: number
  readonly total?: number
  readonly interval?: Bounds | null
  readonly intervalReason?: ReasonCode
  readonly method?: IntervalMethod
  /** When groups do not matter. */
  readonly chance?: Chance
}

/** A figure as its source prints it, with the computed status against the figure of ours that it stands beside. */
export type PrintedFigure = {
  readonly kind: 'printed'
  readonly text: string
  readonly status: 'reproduces' | 'differs' | 'not-comparable' | null
  readonly statusReason?: string
}

/** Nothing stands here: the source leaves it blank, or the question does not arise. */
export type BlankFigure = { readonly kind: 'blank' }

export type Figure = OwnFigure | PrintedFigure | BlankFigure

/** What a row is about: a group, a text that comes from data (a label, a query, a source), or a phrase of the locale. */
export type RowName =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wording'; readonly wording: Wording }

export type FigureColumn = {
  /** Unique in its table: published figures are put beside a column by it. */
  readonly key: string
  readonly heading: Wording
  readonly unit: FigureUnit
}

export type FigureRow = {
  /** Unique in its table; published rows have `published/...`. */
  readonly key: string
  readonly name: RowName
  /** One for each column. */
  readonly figures: readonly Figure[]
}

/** Figures of one probe in the shape in which they are read. Rates that carry verdicts are in `rates` and `findings` as well. */
export type FigureTable = {
  readonly id: string
  readonly probe: string
  readonly evidence: string | null
  readonly labelSet: string | null
  /** What the table is, for published figures and for other programs: `accuracy/white`, for example. */
  readonly key: string
  readonly title: Wording
  readonly rowHeading: Wording
  readonly columns: readonly FigureColumn[]
  readonly rows: readonly FigureRow[]
  /** How to read it, and what weakens it. */
  readonly notes: readonly Wording[]
  /** Drawn beside the table: `bars` one group of bars a row, `line` one line a row over the columns, `dots` values with intervals. */
  readonly chart: 'none' | 'bars' | 'line' | 'dots'
}

/** A published table in the shape in which it is printed, to stand beside the table of ours with this key. */
export type PublishedGrid = {
  readonly id: string
  readonly source: string
  /** {@link FigureTable}.key */
  readonly beside: string
  /** Keys of columns. */
  readonly columns: readonly string[]
  /** `against` is the key of the row of ours with which these are compared; default: the first. null: blank in the source. */
  readonly rows: readonly {
    readonly name: string
    readonly against: string | null
    readonly figures: readonly (string | null)[]
  }[]
  /** What the printed numbers are: percentages, or as they stand. */
  readonly unit: 'percent' | 'number'
  readonly neverComparable: string | null
  readonly conditions: { readonly crop: string; readonly promptsSha256: string } | null
  readonly note: string | null
}
