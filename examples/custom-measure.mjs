// A measure of your own over a saved audit: in how many images of a group one more than among everyone else is put into an outcome.
//   node custom-measure.mjs run/audit.json
import { readAudit } from 'probity'
import { newcombeInterval } from 'probity/statistics'

const { derived } = await readAudit(process.argv[2] ?? 'run/audit.json')
const rates = new Map(derived.rates.map((rate) => [rate.id, rate]))

for (const { labelSet, outcome, groupBy, sides } of derived.contrasts) {
  const [group, others] = sides.map((side) => rates.get(side.rate))
  if (groupBy.join() !== 'race' || labelSet === null || group.total === 0 || others.total === 0) continue
  const { low, high } = newcombeInterval(group, others)
  if (low <= 0) continue // one more in so many images can only be said where the difference is above zero
  const who = group.group.map(([attribute, value]) => `${attribute} ${value}`).join(', ')
  const value = 1 / (group.count / group.total - others.count / others.total)
  console.log(
    `${labelSet}, ${outcome}, ${who}: one more in every ${value.toFixed(1)} images (${(1 / high).toFixed(1)} to ${(1 / low).toFixed(1)})`,
  )
}
