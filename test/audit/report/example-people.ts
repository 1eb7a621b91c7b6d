import type { Group } from '../../../src/audit/types/groups.js'

/** A made-up crowd in the shape of a face dataset: 7 races x 2 genders x 9 ages, and a fourth attribute with hostile names. */
export const RACES = ['White', 'Latino_Hispanic', 'Black', 'East Asian', 'Indian', 'Southeast Asian', 'Middle Eastern']
export const GENDERS = ['Male', 'Female']
export const AGES = ['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70']
export const HOSTILE = [
  '__proto__',
  '<script>alert(1)</script>',
  "=cmd|' /C calc'!A0",
  'a name that goes on and on, far beyond what any chart can hold beside its counts, "quoted" & {{braces}}',
  'line\nbreak \u202Ereversed `tick` |pipe| *star* [link](javascript:alert(1))',
]
export const UNKNOWN_RACE = 'unknown'

const RACE_SIZES = [2085, 1623, 1556, 1550, 1516, 1415, 1209]
const AGE_SHARES = [0.018, 0.124, 0.108, 0.301, 0.213, 0.124, 0.073, 0.029, 0.01]

/** One cell of the crowd: how many images, how many could not be read, how many land in each outcome. */
export type Person = {
  readonly group: Group
  readonly in: number
  readonly quarantined: number
  readonly excluded: number
  readonly crime: number
  readonly nonHuman: number
}

/** Every cell; `childLabel` is what a label for children does: the young are put into crime far less often. */
export function crowd(childLabel: boolean): readonly Person[] {
  return [...RACES, UNKNOWN_RACE].flatMap((race, r) =>
    GENDERS.flatMap((gender, g) =>
      AGES.map((age, a) => {
        const size =
          race === UNKNOWN_RACE
            ? a < 4
              ? 2
              : 0
            : Math.round((RACE_SIZES[r] ?? 0) * (AGE_SHARES[a] ?? 0) * (g === 0 ? 0.53 : 0.47))
        const young = a < 3
        const crimeRate =
          (0.05 + 0.03 * ((r * 3) % 7)) * (g === 0 ? 1.3 : 0.6) * (young ? (childLabel ? 0.3 : 2.2) : 0.7)
        const nonHumanRate =
          (race === 'Black' ? 0.14 : race === 'East Asian' ? 0 : 0.012 * (r % 4)) * (young ? 1.6 : 0.9)
        const quarantined = r === 2 && a === 3 ? 2 : r === 6 && a === 5 ? 1 : 0
        const seen = Math.max(0, size - quarantined)
        return {
          group: [
            ['race', race],
            ['gender', gender],
            ['age', age],
            ['site', HOSTILE[a % HOSTILE.length] ?? ''],
          ],
          in: size,
          quarantined: size === 0 ? 0 : quarantined,
          excluded: 0,
          crime: Math.min(seen, Math.round(seen * crimeRate)),
          nonHuman: Math.min(seen, Math.round(seen * nonHumanRate)),
        }
      }),
    ),
  )
}
