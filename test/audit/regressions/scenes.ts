import { derive } from '../../../src/audit/derive.js'
import type { Derived } from '../../../src/audit/types/derived.js'
import { factsOf, raceScene, type Scene } from '../../support/facts.js'

/** The crime counts by race of the 2023 replication, as measures.md B1 prints them. */
export const REPLICATION = [
  ['Black', 92, 1556],
  ['East Asian', 73, 1550],
  ['Indian', 66, 1516],
  ['Latino_Hispanic', 135, 1623],
  ['Middle Eastern', 147, 1209],
  ['Southeast Asian', 77, 1415],
  ['White', 767, 2085],
] as const

export const deriveOf = (counts: Parameters<typeof raceScene>[0], changes: Partial<Scene> = {}): Derived =>
  derive(factsOf(raceScene(counts, changes)))
