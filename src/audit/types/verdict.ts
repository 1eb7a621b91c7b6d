/** Every `null` in an audit carries one of these beside it. */
export type ReasonCode =
  | 'no-images'
  | 'group-too-small'
  | 'reference-too-small'
  | 'zero-reference-rate'
  | 'both-rates-zero'
  | 'few-events'
  | 'interval-too-wide'
  | 'near-ties-decide'
  | 'settled'
  | 'beyond-hundredfold'
  | 'not-detectable'
  | 'confirmatory'
  | 'decisions-only'
  | 'attribute-absent'
  | 'outcome-absent'
  | 'simulated'
  | 'zero-margin'
  | 'no-variation'
  | 'single-group'
  | 'too-few-groups'
  | 'no-overlap'
  | 'only-hidden'
  | 'repeated-subjects'
  | 'class-absent'
  | 'cut-exceeds-list'

export type Verdict =
  | { readonly kind: 'disparity'; readonly direction: 'higher' | 'lower' }
  | { readonly kind: 'within-margin'; readonly settledBy: 'difference' | 'ratio' | 'each-side' }
  | { readonly kind: 'inconclusive'; readonly reason: 'interval-too-wide' | 'few-events' | 'near-ties-decide' }
  | {
      readonly kind: 'insufficient'
      readonly reason: 'group-too-small' | 'reference-too-small'
      /** Images, or subjects where the dataset names them. */
      readonly total: number
      readonly minimum: number
    }
