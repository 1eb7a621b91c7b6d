import type { DtypeChoice } from './dtype-choice.js'

/** A figure with the least and the most that it is likely to be. */
export type Range = { readonly low: number; readonly middle: number; readonly high: number }

/** How fast something went in a short measurement. */
export type Pace = {
  /** How many of them were timed; those before, while everything warms up, are not among them. */
  readonly timed: number
  readonly perSecond: Range
}

/** One time that a model goes over images: as they are, altered by a probe, or those that classifiers are fitted to. */
export type Pass = {
  readonly what: 'images' | 'altered' | 'training'
  /** Id of the alteration; null where nothing is altered. */
  readonly altered: string | null
  /** Images that can be embedded, as far as is known before they are opened. */
  readonly images: number
  /** Of those, how many have their vector in the store. */
  readonly stored: number
}

/** What one model of a plan will take. Seconds are wall time on this machine, doing what it did while it was measured. */
export type ModelForecast = {
  readonly model: string
  /** Where the plan leaves the precision open: what the run will take. The images that this was tried on are no part of the forecast. */
  readonly dtypeChoice?: DtypeChoice
  readonly dim: number
  /** Images per inference call. */
  readonly batch: number
  readonly passes: readonly Pass[]
  readonly prompts: { readonly total: number; readonly stored: number }
  /** Null where nothing is left to embed, or none of the images that were tried could be. */
  readonly pace: Pace | null
  /** Images that were tried and could not be embedded. */
  readonly unusable: number
  readonly seconds: {
    /** Opening the model, once. */
    readonly open: number
    readonly prompts: number
    /** Null where images are left to embed and no pace is known. */
    readonly embedding: Range | null
    /** Similarities and decisions under all label sets, of all passes. */
    readonly scoring: number
  }
  /** What the store grows by, in bytes. */
  readonly storeBytes: number
}

/** What a run takes when its images are embedded by several machines like this one, and one of them scores. */
export type SharedOut = {
  readonly machines: number
  /** Until the audit is there; null where no pace is known. */
  readonly seconds: Range | null
  /** Hours of all machines together. */
  readonly hours: Range | null
}

/** What a run will take, told from a short measurement. Statistics and reports come on top. */
export type Forecast = {
  readonly rows: { readonly in: number; readonly excluded: number; readonly quarantined: number }
  readonly labels: number
  readonly models: readonly ModelForecast[]
  /** Of all models together on this machine alone; null where one of them has no pace. */
  readonly seconds: Range | null
  /** The same on as many machines as were asked for. */
  readonly sharedOut: SharedOut
  /** Memory on top of what the measurement itself needed, in bytes: what grows with images and labels. */
  readonly moreMemory: number
  /** `free`: where the store is; null where there is no store or nobody can tell. */
  readonly disk: { readonly needed: number; readonly free: number | null }
}
