import { createRandom } from '../statistics/random.js'
import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { CalibrationRow } from '../types/calibration.js'
import { coverageOfRate } from './coverage-of-rate.js'
import { comparisonsOf, type CalibrationDesign } from './design.js'
import { TABLE_6_RATES } from './fairface.js'
import { KNOWN_RECOVERY, KNOWN_WITHIN } from './known-elsewhere.js'
import type { SectionRows } from './section-rows.js'
import { calibrationRow, ERRORS_ALLOWED, near, shareError } from './row.js'
import { isWrong, restRate, simulateWorld, type GroupTally, type World, type WorldTally } from './simulate-world.js'

const FEWEST_GROUPS = 3 // as for parity

type Table = keyof typeof TABLE_6_RATES
type Simulated = { readonly tally: WorldTally; readonly design: CalibrationDesign }

/** One task per outcome of the CLIP paper's Table 6: its rates are planted and whole audits look for them. */
export function recoveryTasks(design: CalibrationDesign): (() => SectionRows[])[] {
  const { recoveryGroups, policy, audits, seed } = design
  if (recoveryGroups.length < FEWEST_GROUPS) return []
  return (Object.keys(TABLE_6_RATES) as Table[]).map((table) => () => {
    const planted = TABLE_6_RATES[table]
    const world = recoveryGroups.map((group, place) => ({ ...group, rate: planted[place % planted.length] }))
    const random = createRandom(seed, `calibrate/recovery/${table}`)
    const tally = simulateWorld(world, { policy, audits, random })
    return [
      {
        section: 'recovery',
        rows: [
          ...familyRows(world, table, { tally, design }),
          ...world.flatMap((_, place) => groupRows(world, place, table, { tally, design })),
        ],
      },
    ]
  })
}

/** About all groups together: any wrong verdict, and all rates inside their adjusted intervals. */
function familyRows(world: World, table: Table, { tally, design }: Simulated): CalibrationRow[] {
  const { policy, recoveryGroups } = design
  const { audits } = tally
  const { alpha } = policy
  const about = {
    group: table,
    images: world.map(({ images }) => images),
    rates: world.map(({ rate }) => rate),
    comparisons: comparisonsOf({ groups: recoveryGroups, policy }),
    isMain: true,
  }
  const allRatesError = shareError(tally.withAllRates, audits)
  return [
    calibrationRow({
      what: 'family.wrong',
      ...about,
      nominal: alpha,
      measured: tally.withWrong / audits,
      error: shareError(tally.withWrong, audits),
      target: { low: null, high: alpha },
    }),
    calibrationRow({
      what: 'recovery.all-rates',
      ...about,
      nominal: 1 - alpha,
      measured: tally.withAllRates / audits,
      error: allRatesError,
      target: { low: 1 - alpha - ERRORS_ALLOWED * allRatesError, high: null },
    }),
  ]
}

/** About one group: does its printed interval hold the planted rate, and how often is it found? */
function groupRows(world: World, place: number, table: Table, { tally, design }: Simulated): CalibrationRow[] {
  const { name, images, rate } = world[place]
  const seen = tally.groups.get(name) ?? { higher: 0, lower: 0, within: 0, rateCovered: 0 }
  const { audits } = tally
  const { alpha } = design.policy
  const exact = coverageOfRate(wilsonInterval, { total: images, rate }, alpha)
  const error = Math.sqrt((exact * (1 - exact)) / audits)
  const rest = restRate(world, place)
  const about = { group: `${table}, ${name}`, images: [images], rates: [rate, rest] as const }
  return [
    calibrationRow({
      what: 'recovery.rate',
      ...about,
      nominal: 1 - alpha,
      measured: seen.rateCovered / audits,
      error,
      target: near(exact, error),
    }),
    ...(['higher', 'lower'] as const).map((side) =>
      foundRow(side, seen, { about, known: design.isReference ? knownShare(table, name, side) : null, tally, design }),
    ),
  ]
}

function foundRow(
  side: 'higher' | 'lower',
  seen: GroupTally,
  of: {
    readonly about: {
      readonly group: string
      readonly images: readonly number[]
      readonly rates: readonly [number, number]
    }
    readonly known: number | null
    readonly tally: WorldTally
    readonly design: CalibrationDesign
  },
): CalibrationRow {
  const { about, known, tally, design } = of
  const { policy, recoveryGroups } = design
  const comparisons = comparisonsOf({ groups: recoveryGroups, policy })
  const [rate, rest] = about.rates
  const wrong = isWrong({ kind: 'disparity', direction: side }, rate, rest, policy)
  const nominal = policy.alpha / (2 * comparisons)
  const error = shareError(seen[side], tally.audits)
  const mostWrong = { low: null, high: nominal + ERRORS_ALLOWED * Math.sqrt((nominal * (1 - nominal)) / tally.audits) }
  const nearKnown = known === null ? null : near(known, KNOWN_WITHIN / ERRORS_ALLOWED + error)
  return calibrationRow({
    what: `recovery.${side}`,
    ...about,
    isMain: !wrong,
    note: wrong ? 'wrong' : 'right',
    comparisons,
    nominal: wrong ? nominal : null,
    measured: seen[side] / tally.audits,
    error,
    target: wrong ? mostWrong : nearKnown,
  })
}

function knownShare(table: Table, name: string, side: 'higher' | 'lower'): number | null {
  const shares: Readonly<Record<string, number>> = KNOWN_RECOVERY[table][side]
  return Object.hasOwn(shares, name) ? shares[name] : null
}
