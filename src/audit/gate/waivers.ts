import type { Facts } from '../types/facts.js'
import type { LimitCase, LimitResult, WaiverRecord } from '../types/gate.js'
import type { Group } from '../types/groups.js'
import type { Limit, Waiver } from '../types/policy.js'
import type { Cover } from './judge-limit.js'
import type { GateSubject } from './subject.js'

/** Finds the first waiver in force that covers a case. Throws RangeError where a policy has waivers and the facts no day. */
export function coverBy({ facts, finding }: GateSubject): Cover {
  const inForce = facts.policy.waivers.map((waiver) => !isExpired(waiver, facts))
  return (limit, found) => {
    const place = facts.policy.waivers.findIndex(
      (waiver, index) => inForce[index] && covers(waiver, limit, found, finding(found.finding ?? '')?.fingerprint),
    )
    return place < 0 ? null : place
  }
}

/** The waivers of the policy with their state, and how many cases each covers. */
export function waiverRecords(facts: Facts, limits: readonly LimitResult[]): WaiverRecord[] {
  const covered = limits.flatMap(({ cases }) => cases.flatMap(({ waiver }) => waiver ?? []))
  return facts.policy.waivers.map((waiver, index) => ({
    ...waiver,
    state: isExpired(waiver, facts) ? 'expired' : 'in-force',
    covers: covered.filter((place) => place === index).length,
  }))
}

/** A waiver holds on its last day. Days are written so that they sort as text. */
function isExpired({ expires }: Waiver, { gateDate }: Facts): boolean {
  if (gateDate === undefined)
    throw new RangeError('a policy with waivers needs the day on which it is held against them')
  return gateDate > expires
}

function covers(waiver: Waiver, limit: Limit, found: LimitCase, fingerprint: string | undefined): boolean {
  return (
    waiver.limit === limit.id &&
    (waiver.finding === undefined || waiver.finding === fingerprint) &&
    (waiver.group === undefined || (found.group !== undefined && isSameGroup(waiver.group, found.group))) &&
    (waiver.outcome === undefined || waiver.outcome === found.outcome) &&
    (waiver.labelSet === undefined || waiver.labelSet === found.labelSet)
  )
}

/** In any order: a waiver names a group as its writer thinks of it. */
function isSameGroup(first: Group, second: Group): boolean {
  const sorted = (group: Group): string => JSON.stringify([...group].map((pair) => JSON.stringify(pair)).sort())
  return sorted(first) === sorted(second)
}
