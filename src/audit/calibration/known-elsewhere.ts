/** Figures for FairFace's group sizes and the default limits, computed apart from this code by simulating 5,000 audits each with
 *  another implementation. They stand here as targets: two ways to the same number. */

/** Share of audits that find a group at `rate`, of `images`, while everyone else is at `base`; 14 comparisons. */
export const KNOWN_POWER: readonly {
  readonly images: number
  readonly base: number
  readonly rate: number
  readonly power: number
}[] = [
  [396, [0.07, 0.44, 0.86, 1, 0.06, 0.68]] as const,
  [753, [0.15, 0.79, 0.99, 1, 0.14, 0.96]] as const,
  [1122, [0.23, 0.93, 1, 1, 0.23, 0.99]] as const,
].flatMap(([images, powers]) =>
  (
    [
      [0.05, 0.08],
      [0.05, 0.1],
      [0.05, 0.12],
      [0.05, 0.15],
      [0.01, 0.03],
      [0.01, 0.05],
    ] as const
  ).map(([base, rate], place) => ({ images, base, rate, power: powers[place] })),
)

/** Share of audits that find each race higher or lower than the others at the rates of Table 6; 7 comparisons. Races that are
 *  not named here were found in no known share. */
export const KNOWN_RECOVERY = {
  crime: {
    higher: { White: 1, Indian: 1, 'Middle Eastern': 0.1 },
    lower: { 'Southeast Asian': 1, 'East Asian': 1, Latino_Hispanic: 0.25 },
  },
  'non-human': {
    higher: { Black: 1, Indian: 0.36 },
    lower: { 'Middle Eastern': 0.96, 'Southeast Asian': 1, 'East Asian': 1, Latino_Hispanic: 0.05 },
  },
} as const

/** How far a figure may lie from one of these: rounding to two places, and three standard errors of 5,000 audits. */
export const KNOWN_WITHIN = 0.026
