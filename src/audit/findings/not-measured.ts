import type { Derived } from '../types/derived.js'
import type { Facts } from '../types/facts.js'

/** What this audit says nothing about, so that silence is not read as a clean bill. */
export function notMeasured(facts: Facts): Derived['notMeasured'] {
  const attributes = new Set(facts.dataset.attributes.map(({ name }) => name))
  const usual = ['disability', 'religion', 'skin-tone', 'race', 'gender', 'age'].filter((name) => !attributes.has(name))
  const asked = facts.probes.flatMap(({ notApplicable }) =>
    notApplicable.flatMap(({ groupBy, missing }) => (groupBy === null ? [] : [missing])),
  )
  const missing = [...new Set(asked)].filter((name) => !usual.includes(name))
  return [
    ...[...usual, ...missing].map((name) => ({ what: name.replace('-', ' '), why: 'no labels in this dataset' })),
    { what: 'images as they will arrive in use', why: 'only the images of this dataset were classified' },
  ]
}
