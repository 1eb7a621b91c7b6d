/** Paths of every null in a derived block that has no reason beside it, by the convention of audit.json: the reason of `x` stands in
 *  `xReason` or, in the same record, in `reason`. What says itself why it is null is listed in `explainsItself`. */
export function nullsWithoutReason(value: unknown, path = '', parents: readonly Json[] = []): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      item === null
        ? explainsItself(`${path}[${index}]`, parents)
          ? []
          : [`${path}[${index}]`]
        : nullsWithoutReason(item, `${path}[${index}]`, parents),
    )
  }
  if (typeof value !== 'object' || value === null) return []
  const record = value as Json // a plain record of a derived block
  return Object.entries(record).flatMap(([key, item]) => {
    const here = `${path}.${key}`
    if (item !== null) return nullsWithoutReason(item, here, [record, ...parents])
    const hasReason = typeof record[`${key}Reason`] === 'string' || typeof record['reason'] === 'string'
    return hasReason || explainsItself(here, [record, ...parents]) ? [] : [here]
  })
}

type Json = Readonly<Record<string, unknown>>

function explainsItself(path: string, [record = {}]: readonly Json[]): boolean {
  // failure-to-process needs no model and no labels: the probe's name says so
  if (/\.(evidence|labelSet)$/.test(path)) return record['probe'] === 'failure-to-process'
  // a reference that is not one group: `restOf` says of whom it is the rest; without it, it is everyone
  if (/\.rates\[\d+\]\.group$/.test(path)) return true
  if (/\.sides\[1\]\.group$/.test(path)) return typeof record['reference'] === 'object'
  if (/\.estimates\[\d+\]\.reference$/.test(path)) return record['kind'] === 'standardised' // everyone else
  // an infinite upper bound
  if (path.endsWith('.interval[1]')) return record['unbounded'] === true
  if (path.endsWith('.adjusted[1]')) return record['adjustedUnbounded'] === true
  if (/\.parity\.(centre|percentile95)$/.test(path)) return record['unbounded'] === true
  // values for the sentences are copies of what stands, with its reason, in the contrast and its rates
  if (/\.message\.values\[\d+\]\[1\]$/.test(path)) return true
  // near-ties and exact ties are known or not for a whole evidence; `facts.tallies` holds the reason (decisions-only)
  if (/\.summary\.ties\[\d+\]\[[23]\]$/.test(path)) return true
  // only a disparity has a direction
  return /\.summary\.verdicts\[\d+\]\[1\]$/.test(path)
}
