/** What two runs on the same images (label sets, prompts, models, filters) allow us to say of a rate, or of how differently
 *  it changed in a group and its reference. Direction: from the first run to the second. */
export type ChangeVerdict =
  | { readonly kind: 'change'; readonly direction: 'higher' | 'lower' }
  | { readonly kind: 'within-margin'; readonly settledBy: 'difference' }
  | {
      readonly kind: 'inconclusive'
      readonly reason: 'interval-too-wide' | 'few-events' | 'near-ties-decide' | 'repeated-subjects'
    }
  | {
      readonly kind: 'insufficient'
      readonly reason: 'group-too-small' | 'reference-too-small'
      /** Images decided in both runs. */
      readonly total: number
      readonly minimum: number
    }

/** Reasons that only a change knows. `not-paired`: no image was decided in both runs. `one-way`: the design allows the change
 *  only one direction, so that a test of "no change" would test what is already decided. `no-discordant-pairs`: no image was
 *  decided differently; the p-value is then 1. `no-variation`: on neither side did some images change and others not. */
export type ChangeReason = 'not-paired' | 'one-way' | 'no-discordant-pairs' | 'no-variation'
